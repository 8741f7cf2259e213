import { computeFrequencies, type FrequencyParams } from 'wavesurfer.js/dist/spectrogram-frequencies.js';

/**
 * Wavesurfer's own spectrogram worker is a Blob, which the page's policy refuses; this one says the same words from a
 * file of the page. The arithmetic is wavesurfer's.
 */
interface Question {
  type: 'calculateFrequencies';
  id: string;
  audioData: Float32Array[];
  options: FrequencyParams;
}

self.onmessage = ({ data }: MessageEvent<Question>) => {
  const { id, audioData, options } = data;
  try {
    self.postMessage({ type: 'frequenciesResult', id, result: computeFrequencies(audioData.slice(0, 1), options) });
  } catch (thrown) {
    self.postMessage({ type: 'frequenciesResult', id, error: String(thrown) });
  }
};
