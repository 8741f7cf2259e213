/** eSpeak's normal rate in words a minute, and the slowest and fastest it obeys. */
const NORMAL_RATE = 175;

/** eSpeak's rate for a speed (times normal). */
export function espeakRate(speed: number): number {
  return Math.round(NORMAL_RATE * speed);
}

/** eSpeak's pitch (0-99) for a shift in semitones. */
export function espeakPitch(semitones: number): number {
  return Math.max(0, Math.min(99, Math.round(50 + semitones * 4)));
}
