import { expect, it } from 'vitest';
import { mapTime } from '../../../shared/alignment/time-map.ts';
import { placeTrack } from '../../../shared/listening/place-track.ts';
import { flipTo } from '../../../shared/listening/stimulus-body.ts';
import { CHAIN_RATE } from '../../../shared/sound/chain-format.ts';
import { axisSeconds, flipMap, placeOf, regionOf, secondsOf } from './axis.ts';

const SECONDS = 4;
const samples = SECONDS * CHAIN_RATE;
/** Two readings of one text: the second one takes twice as long over its first half. */
const quick = { places: placeTrack({ from: [0, 1, 2], to: [0, 1.5, 3] }, 4800, samples, 1) };
const slow = { places: placeTrack({ from: [0, 2, 3], to: [0, 1.5, 3] }, 9600, samples, 2) };

it('a flip by the map lands where the place tracks say, to within a sample', () => {
  const map = flipMap(quick, slow);
  // A knot for each frame would hold up the thread that makes sound.
  expect(map.from.length).toBeLessThan(quick.places.length / 5);
  for (let second = 0; second < SECONDS; second += 0.037) {
    const wanted = flipTo(quick, Math.round(second * CHAIN_RATE), slow) / CHAIN_RATE;
    expect(Math.abs(mapTime(map, second) - wanted)).toBeLessThan(0.011);
  }
  // Half a second into the sound of the first is a whole one into that of the second.
  expect(Math.abs(mapTime(map, 0.1 + 0.5) - (0.2 + 1))).toBeLessThan(0.01);
});

it('places and seconds lead to each other, and all stimuli of a trial have one axis', () => {
  expect(axisSeconds(quick)).toBe(SECONDS);
  expect(axisSeconds(slow)).toBe(SECONDS);
  for (const place of [0.4, 1, 2, 2.9]) {
    expect(Math.abs(placeOf(slow, secondsOf(slow, place)) - place)).toBeLessThan(0.01);
  }
  const region = regionOf(slow, { start: 0.75, end: 1.5 });
  expect(Math.abs(region.start - 1.2)).toBeLessThan(0.01);
  expect(Math.abs(region.end - 2.2)).toBeLessThan(0.01);
});
