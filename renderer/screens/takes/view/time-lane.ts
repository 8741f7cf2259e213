import type { BasePluginEvents } from 'wavesurfer.js/dist/base-plugin.js';
import { definePlugin } from 'wavesurfer.js/dist/define-plugin.js';
import { addCanvasLane } from './canvas-lane.ts';
import type { ViewColours } from './colours.ts';
import { drawTimeAxis } from './draw-time-axis.ts';

interface TimeLaneOptions {
  /** CSS pixels. */
  height: number;
  colours: ViewColours;
}

/** A wavesurfer plugin: the time axis. wavesurfer's own labels whole seconds only, none of which a short take has. */
export const TimeLane = definePlugin<TimeLaneOptions, BasePluginEvents, object>('TimeLane', (ctx, options) => {
  const { height, colours } = options;
  addCanvasLane(ctx, {
    part: 'timeline',
    height,
    border: null,
    draw: (pen, frame) => drawTimeAxis(pen, frame, { height, colour: colours.dim }),
  });
  return {};
});
