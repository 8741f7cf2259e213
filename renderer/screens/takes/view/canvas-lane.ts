import type { BasePluginEvents } from 'wavesurfer.js/dist/base-plugin.js';
import type { PluginContext } from 'wavesurfer.js/dist/define-plugin.js';

/** What of the take is in view. */
export interface LaneFrame {
  /** CSS pixels of what is in view. */
  width: number;
  /** CSS pixels of a second. */
  perSecond: number;
  /** CSS pixels scrolled past. */
  scroll: number;
  /** Seconds of the take. */
  duration: number;
}

interface CanvasLane {
  /** What a style sheet finds it by. */
  part: string;
  /** CSS pixels. */
  height: number;
  /** Colour of the line above it; null for none. */
  border: string | null;
  /** It lies over the lane before it rather than under it. */
  over?: boolean;
  draw(pen: CanvasRenderingContext2D, frame: LaneFrame): void;
}

/** Of the words in a lane. */
export const LANE_FONT = '11px Inter, system-ui, sans-serif';

/** Puts a lane under the waveform, on its time axis. Only what is in view is drawn, so a long take costs no more. */
export function addCanvasLane<Events extends BasePluginEvents>(
  ctx: PluginContext<Events>,
  { part, height, border, over = false, draw }: CanvasLane,
): void {
  const lane = document.createElement('div');
  lane.setAttribute('part', part);
  Object.assign(lane.style, { position: 'relative', height: `${height}px` });
  if (over) Object.assign(lane.style, { marginTop: `${-height}px`, zIndex: '5', pointerEvents: 'none' });
  if (border !== null) lane.style.borderTop = `1px solid ${border}`;
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, {
    position: 'sticky',
    left: '0',
    top: '0',
    height: `${height}px`,
    pointerEvents: 'none',
  });
  lane.append(canvas);
  ctx.wavesurfer.getWrapper().append(lane);
  ctx.scope.add(() => lane.remove());

  function redraw(): void {
    const { wavesurfer } = ctx;
    const width = wavesurfer.getWidth();
    const total = wavesurfer.getWrapper().clientWidth;
    const duration = wavesurfer.getDuration();
    const pen = canvas.getContext('2d');
    if (pen === null || width === 0 || total === 0 || duration === 0) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    pen.scale(ratio, ratio);
    pen.font = LANE_FONT;
    pen.textBaseline = 'middle';
    draw(pen, { width, perSecond: total / duration, scroll: wavesurfer.getScroll(), duration });
  }

  for (const event of ['redraw', 'scroll', 'zoom', 'resize', 'ready'] as const) {
    ctx.scope.add(ctx.wavesurfer.on(event, redraw));
  }
  if (ctx.wavesurfer.getDuration() > 0) ctx.scope.timeout(redraw, 0);
}

/** Words at the left edge of a lane, right-aligned at a place, that can be read over whatever is drawn there. */
export function drawAxisLabel(
  pen: CanvasRenderingContext2D,
  label: string,
  at: { right: number; y: number },
  colours: { text: string; panel: string },
): void {
  pen.textAlign = 'right';
  pen.lineJoin = 'round';
  pen.strokeStyle = colours.panel;
  pen.lineWidth = 4;
  pen.strokeText(label, at.right, at.y);
  pen.fillStyle = colours.text;
  pen.fillText(label, at.right, at.y);
}
