import { expect, it } from 'vitest';
import type { TakeView } from '../../schemas/take.ts';
import type { ReportedTake } from '../reported-take.ts';
import { highestPeak, WAVE_WIDTH, wavePicture } from './wave-picture.ts';

const view = (peaks: number[]): TakeView => ({ duration: 2, peaks, pitch: [], pitchStep: 0.01 });
const pictured = (peaks: number[], gain: number, duration = 2) => ({
  view: view(peaks),
  reported: {
    take: { studio: { speed: 1, pitch: 0, volume: 0 } },
    figures: { duration },
    gain,
  } as unknown as ReportedTake,
});

/** Half heights of the columns of a picture, in units of it, and where each stands. */
function columns(picture: string): { x: number; half: number }[] {
  const points = [...(picture.match(/d="M([^Z]+)Z"/)?.[1] ?? '').split('L')].map((point) =>
    point.split(' ').map(Number),
  );
  return points.slice(0, points.length / 2).map(([x = 0, y = 0]) => ({ x, half: 30 - y }));
}

it('is drawn as it is heard: on the axis of the longest, with its gain, the highest of all at full height', () => {
  const loud = pictured([0.2, 0.8, 0.4], -6.0206);
  const quiet = pictured([0.1, 0.2, 0.1], 0, 1);
  const highest = highestPeak([loud, quiet, null]);
  expect(highest).toBeCloseTo(0.4, 4);
  const of = (take: typeof loud) => columns(wavePicture(take, 2, highest).text);
  expect(of(loud).map(({ half }) => half)).toEqual([7, 28, 14]);
  expect(of(quiet).map(({ half }) => half)).toEqual([7, 14, 7]);
  expect(of(loud).at(-1)?.x).toBeGreaterThan(WAVE_WIDTH * 0.8);
  expect(of(quiet).at(-1)?.x).toBeLessThan(WAVE_WIDTH / 2);
});

it('what has no sound has no picture', () => {
  expect(wavePicture({ ...pictured([], 0), view: null }, 2, 1).text).toContain('no sound');
});
