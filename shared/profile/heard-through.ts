import type { StudioSettings } from '../controls/controls.ts';
import { LEVELS_PER_DB, PITCHES_PER_SEMITONE, type VoiceStatistics } from './voice-statistics.ts';

/** A histogram moved up by so many bins; between two bins, each gets its part. What leaves it stays in the last one. */
function moved(histogram: Float64Array, bins: number): Float64Array {
  const out = new Float64Array(histogram.length);
  const whole = Math.floor(bins);
  const part = bins - whole;
  const put = (at: number, frames: number) => {
    const place = Math.min(histogram.length - 1, Math.max(0, at));
    out[place] = (out[place] as number) + frames;
  };
  for (const [at, frames] of histogram.entries()) {
    if (frames === 0) continue;
    put(at + whole, frames * (1 - part));
    if (part > 0) put(at + whole + 1, frames * part);
  }
  return out;
}

/**
 * The statistics of a take as it is heard, where the studio does something to it: its pitch, pace, level and brightness.
 * Its bands stay those of the stored sound: by them voices are told apart, whatever was done to them.
 */
export function heardThrough(statistics: VoiceStatistics, { speed, pitch, volume }: StudioSettings): VoiceStatistics {
  const louder = 10 ** (volume / 10);
  return {
    ...statistics,
    pitches: moved(statistics.pitches, pitch * PITCHES_PER_SEMITONE),
    levels: moved(statistics.levels, volume * LEVELS_PER_DB),
    centre: statistics.centre * 2 ** (pitch / 12),
    speech: statistics.speech / speed,
    pauses: statistics.pauses / speed,
    speechEnergy: (statistics.speechEnergy / speed) * louder,
    pauseEnergy: (statistics.pauseEnergy / speed) * louder,
    syllableSeconds: statistics.syllableSeconds / speed,
    loudness: (statistics.loudness / speed) * louder,
    loudnessSeconds: statistics.loudnessSeconds / speed,
  };
}
