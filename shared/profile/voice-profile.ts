import type { VoiceProfile } from '../schemas/voice-profile.ts';
import { hertzOf, levelQuantile, pitchDeviation, pitchQuantile, type VoiceStatistics } from './voice-statistics.ts';

/** The profile of a voice, in units people know. */
export function profileOf(statistics: VoiceStatistics): VoiceProfile {
  const { speech, pauses, syllables, syllableSeconds, loudness, loudnessSeconds, voiced } = statistics;
  const pitch = pitchQuantile(statistics, 0.5);
  const [soft, loud] = [levelQuantile(statistics, 0.1), levelQuantile(statistics, 0.95)];
  const ofVoiced = (sum: number) => (voiced.frames === 0 ? null : sum / voiced.frames);
  return {
    seconds: speech,
    pitch: pitch === null ? null : hertzOf(pitch),
    pitchSpread: pitchDeviation(statistics),
    rate: syllableSeconds > 0 ? syllables / syllableSeconds : null,
    pauses: speech === 0 ? null : pauses / (speech + pauses),
    loudness: loudnessSeconds > 0 ? 10 * Math.log10(loudness / loudnessSeconds) : null,
    loudnessRange: soft === null || loud === null ? null : loud - soft,
    brightness: ofVoiced(statistics.centre),
    clarity: ofVoiced(statistics.prominence),
    noise: noiseUnderSpeech(statistics),
  };
}

/** dB by which the mean power of the pauses lies under that of the speech. */
function noiseUnderSpeech({ speech, pauses, speechEnergy, pauseEnergy }: VoiceStatistics): number | null {
  if (pauses === 0 || speech === 0) return null;
  return 10 * Math.log10(speechEnergy / speech / (pauseEnergy / pauses));
}
