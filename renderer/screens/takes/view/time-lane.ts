import type { BasePluginEvents } from 'wavesurfer.js/dist/base-plugin.js';
import { definePlugin } from 'wavesurfer.js/dist/define-plugin.js';
import { addCanvasLane } from './canvas-lane.ts';
import type { ViewColours } from './colours.ts';
import { timeTicks } from './time-ticks.ts';

interface TimeLaneOptions {
  /** CSS pixels. */
  height: number;
  colours: ViewColours;
}

/** CSS pixels of a small mark, and of one with a label. */
const SMALL = 4;
const LARGE = 8;

/** A wavesurfer plugin: the time axis. wavesurfer's own labels whole seconds only, none of which a short take has. */
export const TimeLane = definePlugin<TimeLaneOptions, BasePluginEvents, object>('TimeLane', (ctx, options) => {
  const { height, colours } = options;
  addCanvasLane(ctx, {
    part: 'timeline',
    height,
    border: null,
    draw(pen, { width, perSecond, scroll, duration }) {
      pen.fillStyle = colours.dim;
      const to = Math.min(duration, (scroll + width) / perSecond);
      // A label that begins left of the view is drawn as far as it reaches in.
      for (const { seconds, label } of timeTicks(Math.max(0, (scroll - 64) / perSecond), to, perSecond)) {
        const x = Math.round(seconds * perSecond - scroll);
        pen.fillRect(x, 0, 1, label === null ? SMALL : LARGE);
        // One that would not end before the edge is left out rather than cut.
        if (label !== null && x + 5 + pen.measureText(label).width <= width) pen.fillText(label, x + 5, height / 2 + 1);
      }
    },
  });
  return {};
});
