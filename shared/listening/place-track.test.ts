import { expect, it } from 'vitest';
import { invertedMap, type TimeMap } from '../alignment/time-map.ts';
import { CHAIN_RATE } from '../sound/chain-format.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { commonLength, commonPlaces, leadOf, placeTrack, type TrackedSound } from './place-track.ts';
import { flipTo } from './stimulus-body.ts';

/** Two readings of one sentence, and when its words begin in each. */
async function readings() {
  const [a, b] = await Promise.all([testSpeech(undefined, { rate: 150 }), testSpeech(undefined, { rate: 230 })]);
  const seconds = (spoken: typeof a) => spoken.samples.length / spoken.sampleRate;
  const times = (spoken: typeof a) => spoken.words.map(({ time }) => time);
  const map: TimeMap = { from: [0, ...times(a), seconds(a)], to: [0, ...times(b), seconds(b)] };
  return { a: seconds(a), b: seconds(b), map, words: { a: times(a), b: times(b) } };
}

const sound = (map: TimeMap | null, seconds: number, speed = 1): TrackedSound => ({ map, speed, seconds });

it('a flip lands on the same word, whichever leads the stimuli have', async () => {
  const { a, b, map, words } = await readings();
  const [placesA, placesB] = commonPlaces([sound(null, a), sound(map, b / 1.25, 1.25)], a);
  const lead = { a: leadOf(1), b: leadOf(2) };
  expect(lead.a).not.toBe(lead.b);
  const samples = commonLength([
    { lead: lead.a, frames: a * CHAIN_RATE },
    { lead: lead.b, frames: b * CHAIN_RATE },
  ]);
  const first = { places: placeTrack(placesA ?? null, lead.a, samples, 1) };
  const second = { places: placeTrack(placesB ?? null, lead.b, samples, 2) };
  expect(words.a.length).toBeGreaterThan(10);
  for (const [word, time] of words.a.entries()) {
    const at = lead.a + time * CHAIN_RATE;
    const there = lead.b + ((words.b[word] ?? 0) / 1.25) * CHAIN_RATE;
    expect(Math.abs(flipTo(first, at, second) - there) / CHAIN_RATE).toBeLessThan(0.008);
    expect(Math.abs(flipTo(second, there, first) - at) / CHAIN_RATE).toBeLessThan(0.012);
  }
});

it('tracks never fall, run from the common beginning to the common end, and are never alike', async () => {
  const { a, b, map } = await readings();
  const places = commonPlaces([sound(null, a), sound(map, b)], a);
  const samples = commonLength([{ lead: leadOf(1), frames: a * CHAIN_RATE }]);
  const tracks = [
    placeTrack(places[0] ?? null, leadOf(1), samples, 1),
    placeTrack(places[0] ?? null, leadOf(2), samples, 2),
    placeTrack(places[1] ?? null, leadOf(3), samples, 3),
    placeTrack(null, leadOf(4), samples, 4),
    placeTrack(null, leadOf(5), samples, 5),
  ];
  for (const track of tracks) {
    expect(track).toHaveLength((samples / CHAIN_RATE) * 100);
    expect(track.every((place, at) => at === 0 || place >= (track[at - 1] ?? 0))).toBe(true);
    expect(Math.abs(track[0] ?? 1)).toBeLessThan(0.002);
    expect(Math.abs((track.at(-1) ?? 0) - samples / CHAIN_RATE)).toBeLessThan(0.03);
  }
  for (const [at, track] of tracks.entries()) {
    for (const other of tracks.slice(at + 1)) {
      const same = track.filter((place, frame) => place === other[frame]).length;
      expect(same).toBeLessThan(track.length * 0.02);
    }
  }
});

it('the axis is the same whichever sound the others are aligned with', async () => {
  const { a, b, map } = await readings();
  const [fromA, toB] = commonPlaces([sound(null, a), sound(map, b)], a);
  const [fromA2, toB2] = commonPlaces([sound(invertedMap(map), a), sound(null, b)], b);
  const samples = commonLength([{ lead: leadOf(1), frames: a * CHAIN_RATE }]);
  for (const [one, other] of [
    [fromA, fromA2],
    [toB, toB2],
  ]) {
    const track = placeTrack(one ?? null, leadOf(1), samples, 1);
    const again = placeTrack(other ?? null, leadOf(1), samples, 1);
    track.forEach((place, frame) => {
      expect(Math.abs(place - (again[frame] ?? 0))).toBeLessThan(0.012);
    });
  }
});

it('is as long as whole seconds, and longer than what is heard', () => {
  const length = commonLength([
    { lead: 12_000, frames: 100_000 },
    { lead: 5000, frames: 47_000 },
  ]);
  expect(length).toBe(3 * CHAIN_RATE);
  expect(commonLength([{ lead: 12_000, frames: 12_001 }])).toBe(2 * CHAIN_RATE);
});
