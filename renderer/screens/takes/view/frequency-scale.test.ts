import { describe, expect, it } from 'vitest';
import { frequencyMarks, melHeight } from './frequency-scale.ts';

const TOP = 8000;
const labels = (height: number) => frequencyMarks(TOP, height, 18).map(({ label }) => label);

describe('the axis of a spectrogram', () => {
  it('goes from 0 to its top by the mel scale, on which 1 kHz is 1000', () => {
    expect([melHeight(0, TOP), melHeight(TOP, TOP)]).toEqual([0, 1]);
    expect(melHeight(1000, TOP) / melHeight(TOP, TOP)).toBeCloseTo(1000 / 2840, 2);
  });

  it('has round figures, more of them where there is more room', () => {
    expect(labels(77)).toEqual(['1 kHz', '4 kHz']);
    expect(labels(192)).toEqual(['500 Hz', '1 kHz', '2 kHz', '3 kHz', '4 kHz', '6 kHz']);
    expect(labels(10)).toEqual([]);
  });

  it('leaves room between them and to the edges', () => {
    for (const top of [4000, 8000]) {
      for (let height = 20; height <= 260; height += 20) {
        const places = frequencyMarks(top, height, 18).map(({ hz }) => melHeight(hz, top) * height);
        for (const [i, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(9);
          expect(place).toBeLessThanOrEqual(height - 9);
          if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(18);
        }
      }
    }
  });
});
