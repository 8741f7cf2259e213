import type { StudioSettings } from '../../shared/controls/controls.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { RateConverter } from '../../shared/sound/rate-converter.ts';

function isNeutral(studio: StudioSettings): boolean {
  return studio.speed === 1 && studio.pitch === 0 && studio.volume === 0;
}

/** From the chain's rate to another, a second at a time so that other work gets in between. */
async function atRate(frames: Float32Array, rate: number, length: number): Promise<Float32Array> {
  const converter = new RateConverter(rate);
  const out = new Float32Array(length);
  let made = 0;
  const keep = (piece: Float32Array) => {
    const fits = piece.subarray(0, out.length - made);
    out.set(fits, made);
    made += fits.length;
  };
  for (let at = 0; at < frames.length; at += CHAIN_RATE) {
    keep(converter.push(frames.subarray(at, at + CHAIN_RATE)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  keep(converter.end());
  return out;
}

/**
 * A take as it is heard, at the rate of its export: through the chain, and from there to the rate. A take that the studio
 * does nothing to is not touched where it is exported at its own rate.
 *
 * @param samples s16, one channel
 * @param sampleRate Hz, of the take
 * @param rate Hz, of the export
 * @param onProgress 0 to 1
 */
export async function renderExport(
  samples: Int16Array,
  sampleRate: number,
  studio: StudioSettings,
  rate: number,
  onProgress: (progress: number) => void,
): Promise<Float32Array> {
  if (isNeutral(studio) && rate === sampleRate) return s16ToFloat(samples);
  const rendered = await renderOffline(samples, sampleRate, studio, onProgress);
  // The length comes from the take itself: rounded at each of two rates it would be a sample off.
  const length = Math.round((samples.length * rate) / (sampleRate * studio.speed));
  return rate === CHAIN_RATE ? rendered : atRate(rendered, rate, length);
}
