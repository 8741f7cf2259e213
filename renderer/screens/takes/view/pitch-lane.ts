import type { BasePluginEvents } from 'wavesurfer.js/dist/base-plugin.js';
import { definePlugin } from 'wavesurfer.js/dist/define-plugin.js';
import { addCanvasLane, drawAxisLabel, type LaneFrame } from './canvas-lane.ts';
import type { ViewColours } from './colours.ts';
import { pitchHeight, pitchMarks, pitchRange } from './pitch-scale.ts';

interface PitchLaneOptions {
  /** Hz each `step` seconds, 0 where there is no voice. */
  pitch: readonly number[];
  step: number;
  axis: 'hz' | 'notes';
  /** CSS pixels. */
  height: number;
  colours: ViewColours;
}

/** CSS pixels between two lines of the axis, at least. */
const MARK_SPACE = 18;
/** CSS pixels from the left edge to the right end of a label. */
const LABEL_WIDTH = 32;

/** A wavesurfer plugin: the fundamental as a curve under the waveform, on its time axis. */
export const PitchLane = definePlugin<PitchLaneOptions, BasePluginEvents, object>('PitchLane', (ctx, options) => {
  const { pitch, step, axis, height, colours } = options;
  const range = pitchRange(pitch);
  function draw(pen: CanvasRenderingContext2D, { width, perSecond, scroll }: LaneFrame): void {
    if (range === null) {
      pen.fillStyle = colours.dim;
      pen.fillText('No voice found', 8, height / 2);
      return;
    }
    // A stray value outside of the range stands at the edge of it.
    const part = (hz: number) => Math.min(1, Math.max(0, pitchHeight(hz, range)));
    const y = (hz: number) => height - 4 - part(hz) * (height - 8);
    const marks = pitchMarks(range, axis, Math.floor(height / MARK_SPACE));
    for (const mark of marks) {
      const at = Math.round(y(mark.hz)) + 0.5;
      pen.fillStyle = colours.line;
      pen.fillRect(0, at, width, 1);
    }
    const first = Math.max(0, Math.floor(scroll / perSecond / step) - 1);
    const last = Math.min(pitch.length - 1, Math.ceil((scroll + width) / perSecond / step) + 1);
    pen.strokeStyle = colours.accent;
    pen.lineWidth = 1.75;
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    pen.beginPath();
    let inVoice = false;
    for (let i = first; i <= last; i += 1) {
      const hz = pitch[i] ?? 0;
      if (hz <= 0) {
        inVoice = false;
        continue;
      }
      const x = i * step * perSecond - scroll;
      if (inVoice) pen.lineTo(x, y(hz));
      else {
        pen.moveTo(x, y(hz));
        pen.lineTo(x + 0.01, y(hz));
      }
      inVoice = true;
    }
    pen.stroke();
    for (const { hz, label } of marks) {
      const place = { right: LABEL_WIDTH, y: Math.min(height - 7, Math.max(7, y(hz))) + 0.5 };
      drawAxisLabel(pen, label, place, { text: colours.dim, panel: colours.panel });
    }
  }

  addCanvasLane(ctx, { part: 'pitch', height, border: colours.line, draw });
  return {};
});
