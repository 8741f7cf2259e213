import { type Comparable, decimated } from './comparable.ts';

/** How much coarser each view is than the next one. */
const FACTOR = 4;
/** Sounds of up to so many frames are compared whole; what is longer is looked at more coarsely first. */
const WHOLE = 400;
/** So many at most, however coarse: at 16 frames (0.16 s) syllables are still told apart. */
const MOST_WHOLE = 2000;
/** Frames around a coarser path in which the finer one is looked for. */
const AROUND = 24;
/** Steps of the path: to the next frame of both sounds, of the first, of the second. */
const DIAGONAL = 0;
const DOWN = 1;
const ALONG = 2;
/**
 * Distance of a frame without speech while the other sound stands still, at most: a pause that only one of them makes is
 * passed over, and not laid on the next closed lips of the other.
 */
const PAUSE = 0.3;
/** Distance of what cannot be reached. */
const FAR = Number.POSITIVE_INFINITY;

/** Which frames of two sounds belong together: pairs from the first ones to the last ones, no side ever going back. */
export interface Path {
  a: Int32Array;
  b: Int32Array;
  /** Distance of the two frames of each pair. */
  costs: Float32Array;
}

/** For each frame of the first sound the frames of the second that come into question: `from` up to, not with, `to`. */
interface Corridor {
  from: Int32Array;
  to: Int32Array;
}

/**
 * Aligns two sounds of one text by dynamic time warping (H. Sakoe and S. Chiba, 1978) with equal weights for the three
 * steps: coarsely over all of both, then finer around what was found (S. Salvador and P. Chan, FastDTW, 2007). Memory
 * and time grow with the length of the sounds.
 */
export function timeWarp(a: Comparable, b: Comparable): Path {
  const longest = Math.max(a.frames, b.frames);
  return warp(a, b, longest > WHOLE);
}

function warp(a: Comparable, b: Comparable, coarser: boolean): Path {
  if (!coarser) return pathWithin(a, b, everywhere(a.frames, b.frames));
  const [coarseA, coarseB] = [decimated(a, FACTOR), decimated(b, FACTOR)];
  const path = warp(coarseA, coarseB, Math.max(coarseA.frames, coarseB.frames) > MOST_WHOLE);
  return pathWithin(a, b, around(path, a.frames, b.frames));
}

function everywhere(framesA: number, framesB: number): Corridor {
  return { from: new Int32Array(framesA), to: new Int32Array(framesA).fill(framesB) };
}

/** What lies around a path that is {@link FACTOR} times as coarse. */
function around(path: Path, framesA: number, framesB: number): Corridor {
  const from = new Int32Array(framesA).fill(framesB);
  const to = new Int32Array(framesA);
  for (let at = 0; at < path.a.length; at += 1) {
    const first = (path.a[at] as number) * FACTOR;
    const low = Math.max(0, (path.b[at] as number) * FACTOR - AROUND);
    const high = Math.min(framesB, ((path.b[at] as number) + 1) * FACTOR + AROUND);
    const end = Math.min(framesA, first + FACTOR + AROUND);
    for (let i = Math.max(0, first - AROUND); i < end; i += 1) {
      if (low < (from[i] as number)) from[i] = low;
      if (high > (to[i] as number)) to[i] = high;
    }
  }
  return { from, to };
}

function pathWithin(a: Comparable, b: Comparable, { from, to }: Corridor): Path {
  const offsets = new Float64Array(a.frames + 1);
  let widest = 0;
  for (let i = 0; i < a.frames; i += 1) {
    const width = (to[i] as number) - (from[i] as number);
    offsets[i + 1] = (offsets[i] as number) + width;
    widest = Math.max(widest, width);
  }
  const cells = offsets[a.frames] as number;
  const steps = new Uint8Array(cells);
  const costs = new Float32Array(cells);
  // Each row begins with one that cannot be reached, so that its left neighbour needs no question.
  let before = new Float64Array(widest + 2).fill(FAR);
  let now = new Float64Array(widest + 2).fill(FAR);
  const { width, values: valuesA } = a;
  const valuesB = b.values;
  const activeB = b.active;
  for (let i = 0; i < a.frames; i += 1) {
    const start = from[i] as number;
    const end = to[i] as number;
    const offset = (offsets[i] as number) - start;
    // Where the row above begins and ends, seen from this one.
    const shift = i > 0 ? start - (from[i - 1] as number) : 0;
    const above = i > 0 ? (to[i - 1] as number) : 0;
    const rowA = i * width;
    now[0] = FAR;
    const costDown = a.active[i] === 1 ? (c: number) => c : (c: number) => Math.min(c, PAUSE);
    for (let j = start; j < end; j += 1) {
      const rowB = j * width;
      let sum = 0;
      for (let value = 0; value < width; value += 1) {
        const difference = (valuesA[rowA + value] as number) - (valuesB[rowB + value] as number);
        sum += difference * difference;
      }
      const cost = Math.sqrt(sum);
      const place = j - start + 1;
      let least = (now[place - 1] as number) + (activeB[j] === 1 ? cost : Math.min(cost, PAUSE));
      let step = ALONG;
      if (i > 0) {
        const down = j < above && place + shift > 0 ? (before[place + shift] as number) : FAR;
        const diagonal = j <= above && place + shift > 1 ? (before[place + shift - 1] as number) : FAR;
        if (down + costDown(cost) < least) {
          least = down + costDown(cost);
          step = DOWN;
        }
        if (diagonal + cost <= least) {
          least = diagonal + cost;
          step = DIAGONAL;
        }
      } else if (j === 0) least = cost;
      now[place] = least;
      steps[offset + j] = step;
      costs[offset + j] = cost;
    }
    [before, now] = [now, before];
  }
  return walkedBack(a.frames, b.frames, (i, j) => (offsets[i] as number) - (from[i] as number) + j, steps, costs);
}

function walkedBack(
  framesA: number,
  framesB: number,
  cell: (i: number, j: number) => number,
  steps: Uint8Array,
  costs: Float32Array,
): Path {
  const path = {
    a: new Int32Array(framesA + framesB),
    b: new Int32Array(framesA + framesB),
    costs: new Float32Array(framesA + framesB),
  };
  let at = framesA + framesB;
  let i = framesA - 1;
  let j = framesB - 1;
  for (;;) {
    at -= 1;
    path.a[at] = i;
    path.b[at] = j;
    path.costs[at] = costs[cell(i, j)] as number;
    if (i === 0 && j === 0) break;
    const taken = i === 0 ? ALONG : j === 0 ? DOWN : (steps[cell(i, j)] as number);
    if (taken !== ALONG) i -= 1;
    if (taken !== DOWN) j -= 1;
  }
  return { a: path.a.slice(at), b: path.b.slice(at), costs: path.costs.slice(at) };
}
