import { CHAIN_RATE } from '../sound/chain-format.ts';
import { transitionWidth, windowedSinc } from '../sound/windowed-sinc.ts';

/** Edges of the anchor’s filter in Hz (ITU-R BS.1534-3: all up to 3.5 kHz, 25 dB less at 4 kHz, 50 dB at 4.5 kHz). */
const PASS = 3500;
const STOP = 4000;

/** Taps whose transition band fits between the two. */
function tapsFor(width: number): number {
  let taps = 65;
  while (transitionWidth(taps) > width) taps += 2;
  return taps;
}

const TAPS = tapsFor((STOP - PASS) / CHAIN_RATE);
const HALF = (TAPS - 1) / 2;

const FILTER = (() => {
  const cutoff = (PASS + STOP) / CHAIN_RATE;
  const taps = Float64Array.from({ length: TAPS }, (_, at) => windowedSinc(at - HALF, HALF + 1, cutoff));
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return Float32Array.from(taps, (tap) => tap / sum);
})();

/** The anchor of a rating with a reference: the same sound, low-passed at 3.5 kHz, no later. @param frames at 48 kHz */
export function anchor(frames: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(frames.length);
  for (let at = 0; at < out.length; at += 1) {
    const first = at - HALF;
    const from = Math.max(0, -first);
    const to = Math.min(TAPS, frames.length - first);
    let sum = 0;
    for (let tap = from; tap < to; tap += 1) sum += (FILTER[tap] as number) * (frames[first + tap] as number);
    out[at] = sum;
  }
  return out;
}
