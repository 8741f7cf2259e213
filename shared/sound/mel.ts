/** Hertz to mel (O'Shaughnessy 1987). */
export const mel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
/** The way back. */
export const hertz = (value: number) => 700 * (10 ** (value / 2595) - 1);

/** One triangle of a filter bank: the weights of neighbouring lines of a spectrum. */
export interface MelBand {
  /** First line that counts. */
  from: number;
  weights: Float64Array;
}

/**
 * Triangles that are as wide as they are apart on the mel scale.
 *
 * @param bands how many
 * @param lowest Hz at which the first one begins
 * @param highest Hz at which the last one ends
 * @param fftSize samples of a frame
 * @param sampleRate Hz
 */
export function melBands(
  bands: number,
  lowest: number,
  highest: number,
  fftSize: number,
  sampleRate: number,
): MelBand[] {
  const edges = Array.from(
    { length: bands + 2 },
    (_, i) => (hertz(mel(lowest) + ((mel(highest) - mel(lowest)) * i) / (bands + 1)) * fftSize) / sampleRate,
  );
  return Array.from({ length: bands }, (_, band) => {
    const [low = 0, middle = 0, high = 0] = edges.slice(band, band + 3);
    const from = Math.ceil(low);
    const weights = Float64Array.from({ length: Math.max(1, Math.floor(high) - from + 1) }, (_, at) => {
      const line = from + at;
      return Math.max(0, line < middle ? (line - low) / (middle - low) : (high - line) / (high - middle));
    });
    // A triangle so narrow that no line lies in it has the nearest one.
    return weights.some((weight) => weight > 0)
      ? { from, weights }
      : { from: Math.round(middle), weights: weights.fill(1, 0, 1) };
  });
}
