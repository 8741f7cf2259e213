import { definePlugin } from 'wavesurfer.js/dist/define-plugin.js';
import {
  type Api,
  type SpectrogramPluginEvents,
  type SpectrogramPluginOptions,
  spectrogramSetup,
} from 'wavesurfer.js/dist/spectrogram-setup.js';
import SpectrogramWorker from './spectrogram-worker.ts?worker';

interface SpectrogramLaneOptions extends SpectrogramPluginOptions {
  /** Samples of the take: the waveform beside it is drawn from peaks alone. */
  audio: AudioBuffer;
}

/** Wavesurfer's spectrogram, computed from samples of its own in a worker of the page. */
export const SpectrogramLane = definePlugin<SpectrogramLaneOptions, SpectrogramPluginEvents, Api>(
  'SpectrogramLane',
  (ctx, { audio, ...options }) => {
    const wavesurfer = Object.create(ctx.wavesurfer, { getDecodedData: { value: () => audio } });
    return spectrogramSetup(
      { scope: ctx.scope, state: ctx.state, emit: ctx.emit, wavesurfer },
      options,
      SpectrogramWorker,
    );
  },
);
