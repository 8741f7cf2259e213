import type { VoiceProfile } from '../schemas/voice-profile.ts';
import { levelWords } from '../text/figure-words.ts';

/** One feature of a profile as it is shown. */
export interface ProfileFigure {
  name: Exclude<keyof VoiceProfile, 'seconds'>;
  label: string;
  /** What it is, for whoever wants to know. */
  help: string;
  unit: string;
  words: (value: number) => string;
  /** What the scale goes from and to: where nearly all voices lie. */
  from: number;
  to: number;
  /** Equal steps of the scale are equal ratios. */
  ratios?: boolean;
}

const whole = (value: number) => value.toFixed(0);
const tenths = (value: number) => value.toFixed(1);

/** The features in the order they are shown, in units people know. */
export const PROFILE_FIGURES: readonly ProfileFigure[] = [
  {
    name: 'pitch',
    label: 'Pitch',
    help: 'Median pitch; the line is how far it spreads',
    unit: 'Hz',
    words: whole,
    from: 60,
    to: 400,
    ratios: true,
  },
  {
    name: 'pitchSpread',
    label: 'Liveliness',
    help: 'How far the pitch spreads, as standard deviation in semitones',
    unit: 'st',
    words: tenths,
    from: 0,
    to: 6,
  },
  {
    name: 'rate',
    label: 'Pace',
    help: 'Syllables in a second of speech, pauses left out',
    unit: '/s',
    words: tenths,
    from: 2,
    to: 8,
  },
  {
    name: 'pauses',
    label: 'Pauses',
    help: 'Part of the time that is pause',
    unit: '%',
    words: (value) => whole(value * 100),
    from: 0,
    to: 0.4,
  },
  {
    name: 'loudness',
    label: 'Loudness',
    help: 'Integrated loudness (BS.1770)',
    unit: 'LUFS',
    words: levelWords,
    from: -36,
    to: -10,
  },
  {
    name: 'loudnessRange',
    label: 'Range',
    help: 'How far apart loud and soft speech lie',
    unit: 'dB',
    words: tenths,
    from: 0,
    to: 30,
  },
  {
    name: 'brightness',
    label: 'Brightness',
    help: 'Spectral centroid of the voice',
    unit: 'Hz',
    words: whole,
    from: 400,
    to: 4000,
    ratios: true,
  },
  {
    name: 'clarity',
    label: 'Clarity',
    help: 'How clearly the voice stands out of its breath; low is breathy',
    unit: 'dB',
    words: tenths,
    from: 0,
    to: 25,
  },
  {
    name: 'noise',
    label: 'Noise',
    help: 'How far the noise in the pauses lies under the speech; more is cleaner',
    unit: 'dB',
    words: (value) => `−${whole(Math.abs(value))}`,
    from: 10,
    to: 80,
  },
];

/** Where a value lies on a feature’s scale, 0 to 1. What lies outside is at its end. */
export function placeOn({ from, to, ratios }: Pick<ProfileFigure, 'from' | 'to' | 'ratios'>, value: number): number {
  const part = ratios ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0;
}

/**
 * The part of a scale that the pitch of a voice moves in: a standard deviation down and up, 0 to 1.
 *
 * @param spread semitones
 */
export function pitchSpan(figure: ProfileFigure, pitch: number, spread: number): { start: number; end: number } {
  const ratio = 2 ** (spread / 12);
  return { start: placeOn(figure, pitch / ratio), end: placeOn(figure, pitch * ratio) };
}
