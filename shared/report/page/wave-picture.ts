import type { TakeView } from '../../schemas/take.ts';
import { dbToGain } from '../../sound/pcm.ts';
import type { ReportedTake } from '../reported-take.ts';
import { type Html, html } from './html.ts';

/** Units of a picture: its width is the longest take of the text. */
export const WAVE_WIDTH = 1000;
const HEIGHT = 60;
const MIDDLE = HEIGHT / 2;
/** Columns of a whole picture. */
const COLUMNS = 500;

/** A take of which a picture is drawn. */
export interface Pictured {
  reported: ReportedTake;
  view: TakeView | null;
}

/** Factor by which a take is heard: its own volume and the gain that makes it equally loud. */
const heardGain = ({ take, gain }: ReportedTake) => dbToGain(take.studio.volume + (gain ?? 0));

const highest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

/** The highest peak of all takes as they are heard: 1 is full scale. */
export function highestPeak(takes: readonly (Pictured | null)[]): number {
  return highest(takes.map((take) => (take?.view ? highest(take.view.peaks) * heardGain(take.reported) : 0)));
}

/** Heights of the columns of a take, 0-1. @param columns how many */
function heights(peaks: readonly number[], columns: number, scale: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * peaks.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.length) / columns));
    return Math.min(1, highest(peaks.slice(from, to)) * scale);
  });
}

/** The outline of a waveform: along its upper side, and back along the lower one. */
function outline(values: readonly number[], width: number): string {
  const point = (value: number, index: number, side: 1 | -1) => {
    const x = ((index + 0.5) * width) / values.length;
    return `${x.toFixed(1)} ${(MIDDLE - side * Math.max(0.6, value * (MIDDLE - 2))).toFixed(1)}`;
  };
  const upper = values.map((value, index) => point(value, index, 1));
  const lower = values.map((value, index) => point(value, index, -1)).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}

/**
 * The waveform of a take as it is heard, on the time axis of the longest take of its text.
 *
 * @param longest s
 * @param full what is drawn at full height, see {@link highestPeak}
 */
export function wavePicture({ reported, view }: Pictured, longest: number, full: number): Html {
  const duration = reported.figures.duration ?? 0;
  if (!view || view.peaks.length === 0 || duration <= 0 || longest <= 0) return html`<span class="dim">no sound</span>`;
  const part = Math.min(1, duration / longest);
  const columns = Math.max(1, Math.min(view.peaks.length, Math.round(COLUMNS * part)));
  const scale = full > 0 ? heardGain(reported) / full : 0;
  const path = outline(heights(view.peaks, columns, scale), WAVE_WIDTH * part);
  return html`<svg class="wave" viewBox="0 0 ${WAVE_WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Waveform, ${duration.toFixed(2)} s"><path d="${path}"/><line class="head" x1="0" x2="0" y1="0" y2="${HEIGHT}" vector-effect="non-scaling-stroke"/></svg>`;
}
