const PEAKS_PER_SECOND = 100;
const FEWEST = 200;
const MOST = 20_000;

/**
 * What a waveform is drawn from: the highest absolute sample of each of equally long pieces, 0-1, with three decimals.
 *
 * About 100 a second, never under 200 nor over 20,000 (of a sound shorter than 200 samples: one each).
 *
 * @param samples s16
 * @param sampleRate Hz
 */
export function waveformPeaks(samples: Int16Array, sampleRate: number): number[] {
  const wanted = Math.round((samples.length / sampleRate) * PEAKS_PER_SECOND);
  const count = Math.min(samples.length, MOST, Math.max(FEWEST, wanted));
  return Array.from({ length: count }, (_, piece) => {
    const from = Math.floor((piece * samples.length) / count);
    const to = Math.floor(((piece + 1) * samples.length) / count);
    let highest = 0;
    for (let i = from; i < to; i += 1) highest = Math.max(highest, Math.abs(samples[i] ?? 0));
    return Math.round((highest / 32768) * 1000) / 1000;
  });
}
