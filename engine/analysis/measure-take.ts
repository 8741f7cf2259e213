import type { Measurements, TakeView } from '../../shared/schemas/take.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { waveformPeaks } from '../../shared/sound/peaks.ts';
import { pitchStatistics, trackPitch } from '../../shared/sound/pitch-track.ts';
import { truePeak } from '../../shared/sound/true-peak.ts';

/** What was found out about a take's sound. */
export interface Analysis {
  measurements: Measurements;
  view: TakeView;
}

/**
 * Measures a take, and works out what its waveform and pitch curve are drawn from. Takes about a hundredth of the
 * sound's own time, so it belongs in a worker.
 *
 * @param samples s16, one channel
 * @param sampleRate Hz
 */
export function measureTake(samples: Int16Array, sampleRate: number): Analysis {
  const floats = s16ToFloat(samples);
  const duration = samples.length / sampleRate;
  const track = trackPitch(floats, sampleRate);
  const pitch = pitchStatistics(track.pitch);
  return {
    measurements: {
      duration,
      loudness: measureLoudness(floats, sampleRate),
      truePeak: truePeak(floats),
      pitch: pitch?.median ?? null,
      pitchRange: pitch?.range ?? null,
    },
    view: {
      duration,
      peaks: waveformPeaks(samples, sampleRate),
      pitch: track.pitch.map((hz) => Math.round(hz * 10) / 10),
      pitchStep: track.step,
    },
  };
}
