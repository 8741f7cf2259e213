import { computeFrequencies } from 'wavesurfer.js/dist/spectrogram-frequencies.js';
import { z } from 'zod';

/**
 * Wavesurfer's own spectrogram worker is a Blob, which the page's policy refuses; this one says the same words from a
 * file of the page. The arithmetic is wavesurfer's.
 */
const Question = z.object({
  type: z.literal('calculateFrequencies'),
  id: z.string(),
  audioData: z.array(z.instanceof(Float32Array)).min(1),
  options: z.looseObject({ fftSamples: z.number(), sampleRate: z.number() }),
});

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const { id, audioData, options } = Question.parse(data);
  try {
    self.postMessage({ type: 'frequenciesResult', id, result: computeFrequencies(audioData.slice(0, 1), options) });
  } catch (thrown) {
    self.postMessage({ type: 'frequenciesResult', id, error: String(thrown) });
  }
};
