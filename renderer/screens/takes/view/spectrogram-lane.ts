import { definePlugin } from 'wavesurfer.js/dist/define-plugin.js';
import {
  type Api,
  type SpectrogramPluginEvents,
  type SpectrogramPluginOptions,
  spectrogramSetup,
} from 'wavesurfer.js/dist/spectrogram-setup.js';
import { addCanvasLane, drawAxisLabel } from './canvas-lane.ts';
import type { ViewColours } from './colours.ts';
import { frequencyMarks, melHeight } from './frequency-scale.ts';
import SpectrogramWorker from './spectrogram-worker.ts?worker';

/** CSS pixels between two labels, at least. */
const LABEL_ROOM = 18;
/** CSS pixels from the left edge to the right end of a label. */
const LABEL_WIDTH = 44;

interface SpectrogramLaneOptions extends SpectrogramPluginOptions {
  /** Samples of the take: the waveform beside it is drawn from peaks alone. */
  audio: AudioBuffer;
  /** CSS pixels. */
  height: number;
  /** Hz at the upper edge. */
  frequencyMax: number;
  colours: ViewColours;
}

/**
 * Wavesurfer's spectrogram on the mel scale, computed from samples of its own in a worker of the page. Its labels are
 * those of the other lanes: wavesurfer's own cannot be read where the sound is loud.
 */
export const SpectrogramLane = definePlugin<SpectrogramLaneOptions, SpectrogramPluginEvents, Api>(
  'SpectrogramLane',
  (ctx, { audio, colours, ...options }) => {
    const wavesurfer = Object.create(ctx.wavesurfer, { getDecodedData: { value: () => audio } });
    const api = spectrogramSetup(
      { scope: ctx.scope, state: ctx.state, emit: ctx.emit, wavesurfer },
      { ...options, scale: 'mel', labels: false },
      SpectrogramWorker,
    );
    const { height, frequencyMax } = options;
    addCanvasLane(ctx, {
      part: 'frequencies',
      height,
      border: null,
      over: true,
      draw(pen) {
        for (const { hz, label } of frequencyMarks(frequencyMax, height, LABEL_ROOM)) {
          drawAxisLabel(pen, label, { right: LABEL_WIDTH, y: height * (1 - melHeight(hz, frequencyMax)) }, colours);
        }
      },
    });
    return api;
  },
);
