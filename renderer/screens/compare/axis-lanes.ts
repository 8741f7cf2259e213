import { mapTime, type TimeMap } from '../../../shared/alignment/time-map.ts';
import type { Doubt, HeardWord } from '../../../shared/schemas/alignment.ts';
import type { TakeView } from '../../../shared/schemas/take.ts';
import { drawAxisLabel, LANE_FONT } from '../takes/view/canvas-lane.ts';
import type { ViewColours } from '../takes/view/colours.ts';
import { type PitchRange, pitchHeight, pitchMarks } from '../takes/view/pitch-scale.ts';

/** One slot as it is drawn. */
export interface Lane {
  letter: string;
  colour: string;
  view: TakeView | null;
  /** From a time of the axis to one of the take, in s; null while it is not known: then nothing is drawn. */
  toTake: TimeMap | null;
  /** The same the other way round. */
  toAxis: TimeMap | null;
  /** Where it does not seem to say what the others say, in s of the axis. */
  doubts: readonly { from: number; to: number; kind: Doubt['kind'] }[];
  /** It is the one that is heard. */
  heard: boolean;
  /** Factor by which it is heard louder than it is stored. */
  gain: number;
}

/** Everything the picture is drawn from. */
export interface AxisPicture {
  lanes: readonly Lane[];
  /** s of the axis. */
  duration: number;
  /** Words on the axis, in s of it. */
  words: readonly HeardWord[];
  region: { start: number; end: number } | null;
  range: PitchRange | null;
  /** Highest sample of all lanes as they are heard. */
  loudest: number;
}

/** CSS pixels. */
export const WORDS_HEIGHT = 20;
export const GUTTER = 34;
const RIGHT = 10;
const PITCH_LEAST = 70;
const PITCH_MOST = 260;
const LANE_MOST = 120;

/** Where things stand in the picture, in CSS pixels. */
export interface AxisLayout {
  width: number;
  height: number;
  laneHeight: number;
  pitchTop: number;
  pitchHeight: number;
}

/** Shares the height between the lanes and the pitch curves. */
export function axisLayout(width: number, height: number, lanes: number): AxisLayout {
  const room = Math.max(0, height - WORDS_HEIGHT);
  const pitch = Math.min(PITCH_MOST, Math.max(PITCH_LEAST, room * 0.32));
  const laneHeight = Math.min(LANE_MOST, Math.max(14, Math.floor((room - pitch) / Math.max(1, lanes))));
  const pitchTop = WORDS_HEIGHT + laneHeight * lanes;
  return { width, height, laneHeight, pitchTop, pitchHeight: Math.max(0, height - pitchTop) };
}

export function xOf(time: number, duration: number, { width }: AxisLayout): number {
  return GUTTER + (duration > 0 ? (time / duration) * (width - GUTTER - RIGHT) : 0);
}

export function timeAt(x: number, duration: number, { width }: AxisLayout): number {
  const part = (x - GUTTER) / Math.max(1, width - GUTTER - RIGHT);
  return Math.min(1, Math.max(0, part)) * duration;
}

/** The place of the lane at a height; null beside them. */
export function laneAt(y: number, lanes: number, { laneHeight }: AxisLayout): number | null {
  const place = Math.floor((y - WORDS_HEIGHT) / laneHeight);
  return y >= WORDS_HEIGHT && place < lanes ? place : null;
}

/** CSS pixels between two words at least. */
const WORD_SPACE = 8;

/**
 * Which words have room on the axis: the longer ones first, because they tell more of where one is.
 *
 * @param words with the place where each begins and its width, in CSS pixels
 * @returns in their order
 */
export function wordsWithRoom<Placed extends { x: number; width: number }>(
  words: readonly Placed[],
  right: number,
): Placed[] {
  const order = words.map((_, at) => at).toSorted((i, j) => (words[j]?.width ?? 0) - (words[i]?.width ?? 0) || i - j);
  const shown = new Set<Placed>();
  for (const at of order) {
    const word = words[at];
    if (!word || word.x + word.width > right) continue;
    const end = word.x + word.width + WORD_SPACE;
    const free = [...shown].every((other) => end <= other.x || other.x + other.width + WORD_SPACE <= word.x);
    if (free) shown.add(word);
  }
  return words.filter((word) => shown.has(word));
}

function drawWords(pen: CanvasRenderingContext2D, picture: AxisPicture, layout: AxisLayout, colours: ViewColours) {
  pen.textAlign = 'left';
  const placed = picture.words.map(({ word, from }) => ({
    word,
    x: xOf(from, picture.duration, layout),
    width: pen.measureText(word).width,
  }));
  pen.fillStyle = colours.line;
  for (const { x } of placed) {
    pen.fillRect(Math.round(x), WORDS_HEIGHT - 5, 1, layout.pitchTop + layout.pitchHeight - WORDS_HEIGHT + 5);
  }
  pen.fillStyle = colours.dim;
  for (const { word, x } of wordsWithRoom(placed, layout.width)) pen.fillText(word, x + 3, WORDS_HEIGHT / 2);
}

function drawWave(pen: CanvasRenderingContext2D, lane: Lane, top: number, picture: AxisPicture, layout: AxisLayout) {
  const { view, toTake } = lane;
  if (view === null || toTake === null || view.peaks.length === 0) return;
  const middle = top + layout.laneHeight / 2;
  const most = layout.laneHeight / 2 - 3;
  // All on one scale, so that the loudest of them fills its lane.
  const scale = 1 / Math.max(0.05, picture.loudest);
  const perSecond = view.peaks.length / Math.max(0.001, view.duration);
  const indexAt = (x: number) => mapTime(toTake, timeAt(x, picture.duration, layout)) * perSecond;
  pen.fillStyle = lane.colour;
  let from = indexAt(GUTTER);
  for (let x = GUTTER; x < layout.width - RIGHT; x += 1) {
    const to = indexAt(x + 1);
    let peak = 0;
    for (let i = Math.floor(from); i <= Math.max(Math.floor(from), Math.ceil(to) - 1); i += 1) {
      peak = Math.max(peak, view.peaks[i] ?? 0);
    }
    from = to;
    const half = Math.max(0.5, peak * lane.gain * scale * most);
    pen.fillRect(x, middle - half, 1, 2 * half);
  }
}

function drawDoubts(pen: CanvasRenderingContext2D, lane: Lane, top: number, picture: AxisPicture, layout: AxisLayout) {
  for (const { from, to } of lane.doubts) {
    const left = xOf(from, picture.duration, layout);
    const right = Math.max(left + 3, xOf(to, picture.duration, layout));
    pen.save();
    pen.beginPath();
    pen.rect(left, top + 1, right - left, layout.laneHeight - 2);
    pen.clip();
    pen.strokeStyle = lane.colour;
    pen.lineWidth = 1;
    for (let x = left - layout.laneHeight; x < right; x += 5) {
      pen.beginPath();
      pen.moveTo(x, top + layout.laneHeight);
      pen.lineTo(x + layout.laneHeight, top);
      pen.stroke();
    }
    pen.restore();
  }
}

function drawPitch(pen: CanvasRenderingContext2D, picture: AxisPicture, layout: AxisLayout, colours: ViewColours) {
  const { range, lanes } = picture;
  const { pitchTop, pitchHeight: height } = layout;
  pen.fillStyle = colours.line;
  pen.fillRect(0, pitchTop, layout.width, 1);
  if (range === null || height < 20) return;
  const y = (hz: number) => pitchTop + height - 4 - Math.min(1, Math.max(0, pitchHeight(hz, range))) * (height - 8);
  const marks = pitchMarks(range, 'hz', Math.floor(height / 20));
  pen.fillStyle = colours.line;
  for (const { hz } of marks) pen.fillRect(GUTTER, Math.round(y(hz)), layout.width - GUTTER, 1);
  const order = [...lanes].sort((a, b) => Number(a.heard) - Number(b.heard));
  for (const { view, toAxis, colour, heard } of order) {
    if (view === null || toAxis === null) continue;
    pen.strokeStyle = colour;
    pen.globalAlpha = heard ? 1 : 0.6;
    pen.lineWidth = heard ? 2.25 : 1.25;
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    pen.beginPath();
    let voiced = false;
    for (const [i, hz] of view.pitch.entries()) {
      if (hz > 0) {
        const x = xOf(mapTime(toAxis, i * view.pitchStep), picture.duration, layout);
        if (voiced) pen.lineTo(x, y(hz));
        else pen.moveTo(x, y(hz));
      }
      voiced = hz > 0;
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
  for (const { hz, label } of marks) {
    drawAxisLabel(pen, label, { right: GUTTER - 6, y: y(hz) }, { text: colours.dim, panel: colours.ground });
  }
}

/** Draws all of it. */
export function drawAxis(
  pen: CanvasRenderingContext2D,
  picture: AxisPicture,
  layout: AxisLayout,
  colours: ViewColours,
): void {
  pen.clearRect(0, 0, layout.width, layout.height);
  pen.font = LANE_FONT;
  pen.textBaseline = 'middle';
  const { region } = picture;
  if (region !== null) {
    const left = xOf(region.start, picture.duration, layout);
    pen.fillStyle = colours.accentSoft;
    pen.fillRect(left, 0, xOf(region.end, picture.duration, layout) - left, layout.pitchTop + layout.pitchHeight);
  }
  drawWords(pen, picture, layout, colours);
  for (const [place, lane] of picture.lanes.entries()) {
    const top = WORDS_HEIGHT + place * layout.laneHeight;
    pen.fillStyle = colours.line;
    pen.fillRect(0, top, layout.width, 1);
    pen.globalAlpha = lane.heard ? 1 : 0.5;
    drawWave(pen, lane, top, picture, layout);
    drawDoubts(pen, lane, top, picture, layout);
    pen.globalAlpha = 1;
    pen.fillStyle = lane.colour;
    pen.textAlign = 'center';
    pen.font = `600 12px ${LANE_FONT.slice(LANE_FONT.indexOf(' ') + 1)}`;
    pen.fillText(lane.letter, GUTTER / 2, top + layout.laneHeight / 2);
    pen.font = LANE_FONT;
  }
  drawPitch(pen, picture, layout, colours);
}
