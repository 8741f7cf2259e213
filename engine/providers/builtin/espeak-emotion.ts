import type { Capabilities, Emotion, EmotionName } from '../../../shared/controls/controls.ts';

/** What an emotion changes in eSpeak NG's speech. */
export interface EspeakEmotion {
  /** Times the speed asked for. */
  pace: number;
  /** Added to the pitch asked for. */
  semitones: number;
  /** Times the normal size of the melody. */
  melody: number;
  /** Suffix of the voice's name, for a variant of it; empty for none. */
  variant: string;
}

const PLAIN: EspeakEmotion = { pace: 1, semitones: 0, melody: 1, variant: '' };

/** Emotions in full. Each is the nearest that pace, height and size of the melody give; own values, not from data. */
const FULL: Readonly<Partial<Record<EmotionName, EspeakEmotion>>> = {
  calm: { pace: 0.88, semitones: -1, melody: 0.6, variant: '' },
  happy: { pace: 1.08, semitones: 2, melody: 1.6, variant: '' },
  excited: { pace: 1.2, semitones: 3, melody: 1.9, variant: '' },
  sad: { pace: 0.8, semitones: -2, melody: 0.4, variant: '' },
  angry: { pace: 1.12, semitones: -1, melody: 1.7, variant: '' },
  surprised: { pace: 1.02, semitones: 4, melody: 1.9, variant: '' },
  whispering: { pace: 0.95, semitones: 0, melody: 1, variant: '+whisper' },
};

/** What is said of them to a person. */
export const ESPEAK_EMOTION: Capabilities['emotion'] = {
  names: ['calm', 'happy', 'excited', 'sad', 'angry', 'surprised', 'whispering'],
  note: 'The nearest eSpeak has: pace and height change, and calm and sad are flatter; whispering is a voice without tone, all or nothing.',
};

/** What the emotion changes, in a straight line from nothing at intensity 0. */
export function espeakEmotion({ name, intensity }: Emotion): EspeakEmotion {
  const full = FULL[name];
  if (!full || intensity === 0) return PLAIN;
  const between = (neutral: number, whole: number) => neutral + (whole - neutral) * intensity;
  return {
    pace: between(1, full.pace),
    semitones: between(0, full.semitones),
    melody: between(1, full.melody),
    variant: full.variant,
  };
}
