/** Words a minute that are eSpeak NG's normal rate. */
const NORMAL_RATE = 175;
/** Words a minute beyond which it does not go. */
const SLOWEST_RATE = 80;
const FASTEST_RATE = 450;

/** How far the melody goes up and down where nothing is said, of 0-99. */
const NORMAL_RANGE = 50;

/**
 * Speeds eSpeak NG obeys (times normal): measured durations are within 4 % of them.
 */
export const ESPEAK_SPEED = { min: 0.5, max: 2 } as const;

/** Semitones eSpeak NG can reach with {@link espeakPitch}. */
export const ESPEAK_PITCH = { min: -8.5, max: 9.5 } as const;

/**
 * Semitones against eSpeak's pitch (0-99), measured as the median fundamental of speech in English, Spanish, German and
 * Russian with the range scaled along; the four differ by at most 0.2 semitones from these means.
 */
const PITCH_TABLE: readonly (readonly [pitch: number, semitones: number])[] = [
  [0, -8.75],
  [10, -6.91],
  [20, -5.41],
  [30, -3.7],
  [40, -1.89],
  [50, 0],
  [60, 1.92],
  [70, 3.84],
  [80, 5.87],
  [90, 7.91],
  [99, 9.72],
];

/** How eSpeak NG is told to speak. */
export interface EspeakProsody {
  /** Words a minute. */
  rate: number;
  /** 0-99. */
  pitch: number;
  /** 0-99: how far the melody goes up and down. */
  range: number;
}

function pitchFor(semitones: number): number {
  const above = PITCH_TABLE.findIndex(([, reached]) => reached >= semitones);
  const [highPitch, high] = PITCH_TABLE[above] ?? [99, 9.72];
  const [lowPitch, low] = PITCH_TABLE[above - 1] ?? [0, -8.75];
  if (above === 0 || high === low) return highPitch;
  if (above < 0) return 99;
  return Math.round(lowPitch + ((semitones - low) / (high - low)) * (highPitch - lowPitch));
}

/**
 * eSpeak's rate, pitch and range for a speed and a shift in semitones. The range is in Hz inside eSpeak, so it is
 * scaled with the pitch for the melody to keep its size in semitones.
 *
 * @param melody times the normal size of the melody
 */
export function espeakProsody(speed: number, semitones: number, melody = 1): EspeakProsody {
  const pitch = pitchFor(semitones);
  // Slowed down, eSpeak takes up to 6 % longer than it says (measured at half speed); this is the middle of it.
  const slowness = speed < 1 ? 1 + 0.07 * (1 - speed) : 1;
  // eSpeak's own scale: 50 steps are an octave of the part of the voice that follows the pitch, 0.68 of it.
  const ratio = 0.68 * 2 ** ((pitch - 50) / 50) + 0.32;
  return {
    rate: Math.round(Math.max(SLOWEST_RATE, Math.min(FASTEST_RATE, NORMAL_RATE * speed * slowness))),
    pitch,
    range: Math.max(0, Math.min(99, Math.round(NORMAL_RANGE * ratio * melody))),
  };
}
