import { seeded } from '../seeded.ts';
import { dbToGain, sampleToS16 } from '../sound/pcm.ts';

/**
 * A stimulus as s16: silence, the sound with a gain, silence, all under a dither of its own. The dither is triangular and
 * two steps wide, which makes the error of rounding independent of the sound (S. P. Lipshitz, R. A. Wannamaker,
 * J. Vanderkooy, “Quantization and Dither”, AES 1992); so two stimuli of one sound have no sample series in common.
 *
 * @param frames -1 to +1; what goes beyond is clipped
 * @param gain dB
 * @param lead samples of silence before it
 * @param samples in all
 * @param noise seed of the dither
 */
export function dithered(
  frames: Float32Array,
  { gain, lead, samples, noise }: { gain: number; lead: number; samples: number; noise: number },
): Int16Array<ArrayBuffer> {
  const random = seeded(noise);
  const factor = dbToGain(gain);
  const out = new Int16Array(samples);
  for (let at = 0; at < samples; at += 1) {
    const sound = (frames[at - lead] ?? 0) * factor;
    out[at] = sampleToS16(sound + (random() - random()) / 32768);
  }
  return out;
}
