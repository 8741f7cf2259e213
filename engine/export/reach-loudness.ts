import { HIGHEST_TRUE_PEAK } from '../../shared/sound/equal-loudness.ts';
import { limitTruePeak } from '../../shared/sound/limiter.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { dbToGain } from '../../shared/sound/pcm.ts';
import { truePeak } from '../../shared/sound/true-peak.ts';

/** Room for what other meters and the rounding to 16 bits read differently, in dB. */
const MARGIN = 0.1;
/** The most a limiter may take off peaks before it is heard, in dB. Beyond it the sound stays quieter instead. */
const MOST_LIMITING = 3;
/** A target counts as reached within this, in LU. */
const NEAR = 0.1;
const ATTEMPTS = 6;

/** A sound brought to a loudness. */
export interface Levelled {
  samples: Float32Array;
  /** Gain added, in dB. */
  gain: number;
  notes: string[];
}

const times = (samples: Float32Array, gain: number) => {
  const factor = dbToGain(gain);
  return samples.map((sample) => sample * factor);
};

/**
 * Brings a sound to a loudness without its true peak going over {@link HIGHEST_TRUE_PEAK}: by gain alone where that is enough,
 * else with a limiter that takes at most 3 dB off the peaks, and beyond that as loud as those 3 dB allow. The result is
 * measured again, and notes say what could not be had.
 *
 * @param sampleRate Hz
 * @param target LUFS
 * @param spare how much further down the peaks are kept, in dB: a lossy format raises them
 */
export function reachLoudness(samples: Float32Array, sampleRate: number, target: number, spare = 0): Levelled {
  const measured = measureLoudness(samples, sampleRate);
  const peak = truePeak(samples);
  if (measured === null || peak === null) {
    const why = 'It is too short or too quiet to be measured';
    return { samples, gain: 0, notes: [`${why}, so its loudness was left as it is.`] };
  }
  const ceiling = HIGHEST_TRUE_PEAK - MARGIN - spare;
  const room = ceiling - peak;
  const most = room + MOST_LIMITING;
  if (target - measured <= room) {
    return { samples: times(samples, target - measured), gain: target - measured, notes: [] };
  }

  let gain = Math.min(target - measured, most);
  let limited = limitTruePeak(times(samples, gain), sampleRate, ceiling);
  let loudness = measureLoudness(limited.samples, sampleRate) ?? measured;
  for (let attempt = 1; attempt < ATTEMPTS && gain < most && Math.abs(target - loudness) > NEAR / 2; attempt += 1) {
    gain = Math.min(gain + target - loudness, most);
    limited = limitTruePeak(times(samples, gain), sampleRate, ceiling);
    loudness = measureLoudness(limited.samples, sampleRate) ?? measured;
  }
  const notes = [`A limiter took up to ${limited.reduction.toFixed(1)} dB off the highest peaks.`];
  if (Math.abs(target - loudness) > NEAR) {
    notes.push(
      `The target of ${target} LUFS was not reached: it is ${loudness.toFixed(1)} LUFS, as loud as its peaks allow.`,
    );
  }
  return { samples: limited.samples, gain, notes };
}
