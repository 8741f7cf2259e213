import { z } from 'zod';

/** Seconds of speech under which nothing is concluded from a profile. */
export const LEAST_PROFILED = 3;

/** What is measured of how a voice speaks, in units people know. A feature is null where it could not be measured. */
export const VoiceProfile = z.object({
  /** Seconds of speech that it was measured on, pauses left out. */
  seconds: z.number().min(0),
  /** Median fundamental in Hz, and its standard deviation in semitones. */
  pitch: z.number().nullable(),
  pitchSpread: z.number().nullable(),
  /** Syllables a second of speech, pauses left out; null where the text is not known. */
  rate: z.number().nullable(),
  /** Part of the time from the first to the last word that is pause, 0 to 1. */
  pauses: z.number().nullable(),
  /** Integrated loudness in LUFS, and how far apart loud and soft speech lie in dB (10th to 95th percentile). */
  loudness: z.number().nullable(),
  loudnessRange: z.number().nullable(),
  /** Spectral centroid of the voice in Hz. */
  brightness: z.number().nullable(),
  /** How clearly the voice stands out of its breath: cepstral peak prominence in dB. Low is breathy. */
  clarity: z.number().nullable(),
  /** How far what is heard in the pauses lies under the speech, in dB; null without pauses. */
  noise: z.number().nullable(),
});
export type VoiceProfile = z.infer<typeof VoiceProfile>;

/** Whether enough speech stands behind a profile. */
export const isConclusive = ({ seconds }: Pick<VoiceProfile, 'seconds'>) => seconds >= LEAST_PROFILED;
