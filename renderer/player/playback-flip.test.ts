import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NEUTRAL_STUDIO, type StudioSettings } from '../../shared/controls/controls.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import type { DeckSettings } from './deck.ts';
import {
  CROSS,
  crossed,
  mapOf,
  PlaybackRig,
  Reference,
  type SpokenTake,
  sameWord,
  spokenTakes,
} from './testing/playback-rig.ts';

/** Blocks that are looked at after a flip. */
const AFTER = 60;

const HIGHER: StudioSettings = { speed: 1.25, pitch: 3, volume: -1 };
const SLOWER: StudioSettings = { speed: 0.8, pitch: -2, volume: 2 };

let a: SpokenTake;
let b: SpokenTake;
let c: SpokenTake;
let rig: PlaybackRig;

beforeAll(async () => {
  [a, b, c] = (await spokenTakes()) as [SpokenTake, SpokenTake, SpokenTake];
});

beforeEach(() => {
  rig = new PlaybackRig();
  for (const take of [a, b, c]) rig.load(take);
});

/** Plays `a` for so many blocks and flips to `b`; both must be heard as chains of their own give them. */
function expectFlip(blocks: number, before: Partial<DeckSettings>, after: Partial<DeckSettings>): void {
  rig.play(a, before);
  const old = new Reference(a, before);
  expect([...rig.run(blocks)]).toEqual([...old.run(blocks)]);

  const token = rig.flip(b, { map: mapOf(a, b) }, after);
  const heard = rig.run(AFTER);
  const { frame, position } = rig.flipped;
  const waited = frame / CHAIN_BLOCK - blocks;
  expect([...heard.subarray(0, waited * CHAIN_BLOCK)]).toEqual([...old.run(waited)]);
  const landing = sameWord(a, b, old.chain.position);
  expect(position).toBeCloseTo(landing, 4);
  const fresh = new Reference(b, after, landing);
  expect([...heard.subarray(waited * CHAIN_BLOCK)]).toEqual(
    crossed(old.run(AFTER - waited), fresh.run(AFTER - waited)),
  );
  expect(rig.state).toMatchObject({ token, status: 'playing', underruns: 0 });
  const report = rig.reports.findLast((one) => one.type === 'frame');
  expect(report?.token).toBe(token);
}

describe('a flip while a take plays', () => {
  test.each<[string, Partial<DeckSettings>, Partial<DeckSettings>, number]>([
    ['as they are', {}, {}, 0],
    ['from a stretched take', { studio: HIGHER }, {}, 0],
    ['to a stretched take', {}, { studio: SLOWER }, 2],
    ['between stretched takes', { studio: SLOWER }, { studio: HIGHER }, 2],
    ['with trims', { trim: -3.5 }, { trim: -1.25 }, 0],
    ['with trims, stretched', { studio: HIGHER, trim: -6 }, { studio: SLOWER, trim: -2 }, 2],
  ])('lands on the same word, cross-faded, %s', (_, before, after, waited) => {
    expectFlip(300, before, after);
    expect(rig.flipped.frame).toBe((300 + waited) * CHAIN_BLOCK);
  });

  test.each([1, 2, 7, 15, 16, 31, 118])('lands there also %i blocks after the start', (blocks) => {
    expectFlip(blocks, { studio: HIGHER }, { studio: SLOWER });
  });

  test('counts from where the sound is while it goes over from neutral to stretched', () => {
    for (const blocks of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      rig = new PlaybackRig();
      for (const take of [a, b]) rig.load(take);
      rig.play(a);
      const old = new Reference(a);
      rig.run(100);
      old.run(100);
      rig.set({ studio: HIGHER });
      old.chain.set(HIGHER);
      rig.run(blocks);
      old.run(blocks);
      rig.flip(b, { map: mapOf(a, b) }, { studio: SLOWER });
      rig.run(3);
      old.run(2);
      expect(rig.flipped.position).toBeCloseTo(sameWord(a, b, old.chain.position), 4);
    }
  });

  test('at the same second, or at one of its own', () => {
    rig.play(a);
    rig.run(200);
    rig.flip(b, { same: 'second' });
    rig.run(AFTER);
    expect(rig.flipped.position).toBeCloseTo((200 * CHAIN_BLOCK) / CHAIN_RATE, 9);
    rig.flip(c, { at: 0.5 });
    rig.run(AFTER);
    expect(rig.flipped.position).toBe(0.5);
    rig.flip(c, { at: 0 });
    rig.run(1);
    expect(rig.flipped.position).toBe(0);
  });

  test('is made from a loop, into a loop', () => {
    const loop = { start: 0.4, end: 0.9013 };
    const there = { start: sameWord(a, b, loop.start), end: sameWord(a, b, loop.end) };
    for (const [before, after] of [
      [{}, {}],
      [{ studio: HIGHER }, { studio: SLOWER }],
    ]) {
      // Flips on both sides of the place where the loop goes back to its start.
      for (const blocks of [330, 337, 338, 339, 340, 500]) {
        rig = new PlaybackRig();
        for (const take of [a, b]) rig.load(take);
        expectFlip(blocks, { ...before, loop }, { ...after, loop: there });
      }
    }
  });

  test('near the end goes over to what is left, and ends', () => {
    const blocks = Math.floor((a.samples.length / a.rate) * (CHAIN_RATE / CHAIN_BLOCK)) - 1;
    rig.play(a);
    rig.run(blocks);
    rig.flip(b, { map: mapOf(a, b) }, { studio: HIGHER });
    rig.run(40);
    expect(rig.state).toMatchObject({ status: 'ended', token: rig.flipped.token });
  });

  test('sets a trim at once, without a step', () => {
    rig.play(a, { loop: 'all' });
    const old = new Reference(a, { loop: 'all' });
    rig.run(100);
    old.run(100);
    rig.set({ trim: -9 });
    const gains = Array.from(rig.run(4), (sample, i) => ({ sample, i }));
    const whole = old.run(4);
    for (const { sample, i } of gains) {
      const full = whole[i] ?? 0;
      const way = Math.min(1, (i + 1) / CROSS);
      expect(sample).toBeCloseTo(full * (1 + way * (10 ** (-9 / 20) - 1)), 5);
    }
  });
});

describe('flips in quick succession', () => {
  test('while the first one gets ready: the newest counts, from where the first would have been', () => {
    rig.play(a);
    const old = new Reference(a);
    rig.run(300);
    old.run(300);
    rig.flip(b, { map: mapOf(a, b) }, { studio: HIGHER });
    rig.run(1);
    old.run(1);
    const token = rig.flip(c, { map: mapOf(b, c) });
    rig.run(1);
    expect(rig.flipped.token).toBe(token);
    expect(rig.reports.filter(({ type }) => type === 'flip')).toHaveLength(1);
    expect(rig.flipped.position).toBeCloseTo(sameWord(b, c, sameWord(a, b, old.chain.position)), 4);
  });

  test('back, before anything was heard: what plays goes on untouched', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) }, { studio: HIGHER });
    rig.run(1);
    const token = rig.flip(a, { map: mapOf(b, a) });
    rig.run(50);
    expect(rig.heard).toEqual([...new Reference(a).run(351)]);
    expect(rig.state).toMatchObject({ token, status: 'playing' });
  });

  test('within the cross-fade: that one is finished, then the newest begins', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) });
    rig.run(1);
    rig.flip(a, { map: mapOf(b, a) });
    rig.flip(c, { map: mapOf(b, c) }, {}, 2);
    const [first] = rig.reports.filter((report) => report.type === 'flip');
    rig.run(AFTER);
    const fresh = new Reference(b, {}, first?.position);
    fresh.run(2);
    expect(rig.flipped.token).toBe(4);
    expect(rig.flipped.frame).toBe(302 * CHAIN_BLOCK);
    expect(rig.flipped.position).toBeCloseTo(sameWord(b, c, fresh.chain.position), 4);
  });

  test('asked for before it was known that another had been done: counts from there all the same', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) });
    const old = new Reference(b, {}, sameWord(a, b, (300 * CHAIN_BLOCK) / CHAIN_RATE));
    rig.run(20);
    old.run(20);
    rig.flip(c, { map: mapOf(a, c) }, {}, 1);
    rig.run(1);
    expect(rig.flipped.position).toBeCloseTo(sameWord(a, c, sameWord(b, a, old.chain.position)), 4);
  });

  test('settings and a new place given before it is heard are those of the take that is flipped to', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) }, { studio: HIGHER });
    rig.set({ studio: NEUTRAL_STUDIO, trim: -6 });
    rig.seek(1);
    const heard = rig.run(10);
    expect(rig.flipped.position).toBe(1);
    const expected = new Reference(b, { trim: -6 }, 1).run(10);
    expect([...heard.subarray(CROSS)]).toEqual([...expected.subarray(CROSS)]);
  });
});

describe('a flip to a take that is not here yet', () => {
  beforeEach(() => {
    rig.command({ type: 'drop', key: b.key });
  });

  test('lets the one before play on until enough is there, and lands on the word that is heard then', () => {
    rig.play(a);
    rig.run(200);
    rig.flip(b, { map: mapOf(a, b) }, { prebuffer: 0.1, studio: HIGHER });
    rig.run(20);
    rig.load(b, 0.5);
    rig.run(20);
    expect(rig.heard).toEqual([...new Reference(a).run(240)]);
    rig.append(b, 0.5, 5);
    const old = new Reference(a);
    old.run(242);
    rig.run(10);
    expect(rig.flipped).toMatchObject({ frame: 242 * CHAIN_BLOCK });
    expect(rig.flipped.position).toBeCloseTo(sameWord(a, b, old.chain.position), 4);
  });

  test('that is given up leaves the one before as it is', () => {
    rig.play(a);
    rig.run(100);
    const token = rig.flip(b, { map: mapOf(a, b) });
    rig.run(20);
    rig.command({ type: 'unflip', token });
    rig.load(b);
    rig.run(100);
    expect(rig.heard).toEqual([...new Reference(a).run(220)]);
  });

  test('that broke off before the place is refused; one that broke off behind it is gone over to', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) });
    rig.load(b, 0.3);
    rig.end(b, true);
    rig.run(20);
    expect(rig.heard).toEqual([...new Reference(a).run(320)]);
    expect(rig.reports.filter(({ type }) => type === 'refused')).toEqual([{ type: 'refused', token: 2 }]);
    expect(rig.state).toMatchObject({ token: 1, status: 'playing' });

    rig.flip(b, { at: 0.1 }, {}, 1);
    rig.run(120);
    expect(rig.state).toMatchObject({ token: 3, status: 'ended' });
    expect(rig.state.position).toBeGreaterThan(0.28);
  });

  test('is waited for where the one before comes to its end', () => {
    rig.play(a, { from: a.samples.length / a.rate - 0.1 });
    rig.run(5);
    rig.flip(b, { at: 0.4 });
    rig.run(60);
    expect(rig.state).toMatchObject({ token: 2, status: 'waiting', position: 0.4 });
    rig.load(b);
    rig.run(10);
    expect(rig.state).toMatchObject({ token: 2, status: 'playing' });
  });

  test('goes over from a take that has run dry as well', () => {
    rig.command({ type: 'drop', key: a.key });
    rig.load(a, 0.5);
    rig.play(a);
    rig.run(250);
    expect(rig.state).toMatchObject({ status: 'buffering', underruns: 1 });
    const { position } = rig.state;
    rig.flip(b, { map: mapOf(a, b) });
    rig.run(5);
    rig.load(b);
    rig.run(5);
    expect(rig.state).toMatchObject({ token: 2, status: 'playing', underruns: 0 });
    expect(rig.state.position).toBeCloseTo(sameWord(a, b, position), 4);
  });
});

describe('a flip while nothing is heard', () => {
  test('changes take and place silently while paused', () => {
    rig.play(a, { studio: HIGHER });
    rig.run(300);
    rig.command({ type: 'pause' });
    rig.run(3);
    const { position } = rig.state;
    rig.flip(b, { map: mapOf(a, b) }, { studio: SLOWER });
    expect(rig.state).toMatchObject({ token: 2, status: 'paused' });
    expect(rig.state.position).toBeCloseTo(sameWord(a, b, position), 4);
    expect(rig.run(20).every((sample) => sample === 0)).toBe(true);
    rig.command({ type: 'resume' });
    rig.run(1);
    expect(rig.state).toMatchObject({ token: 2, status: 'playing' });
  });

  test('is done when the fade out of a pause is over', () => {
    rig.play(a);
    rig.run(300);
    rig.command({ type: 'pause' });
    rig.flip(b, { map: mapOf(a, b) });
    rig.run(10);
    expect(rig.state).toMatchObject({ token: 2, status: 'paused' });
    rig.flip(c, { map: mapOf(b, c) });
    rig.command({ type: 'resume' });
    rig.run(10);
    expect(rig.state).toMatchObject({ token: 3, status: 'playing' });
  });

  test('and a pause in the middle of one end in the take that was flipped to', () => {
    for (const blocks of [0, 1, 2, 3]) {
      rig = new PlaybackRig();
      for (const take of [a, b]) rig.load(take);
      rig.play(a);
      rig.run(300);
      rig.flip(b, { map: mapOf(a, b) }, { studio: HIGHER });
      rig.run(blocks);
      rig.command({ type: 'pause' });
      rig.run(10);
      expect(rig.state).toMatchObject({ token: 2, status: 'paused' });
    }
  });

  test('stays at the end where the text has been heard to its end, and goes to a second of its own', () => {
    rig.play(a, { from: a.samples.length / a.rate - 0.02 });
    rig.run(20);
    expect(rig.state.status).toBe('ended');
    rig.flip(b, { map: mapOf(a, b) });
    expect(rig.state).toMatchObject({ token: 2, status: 'ended' });
    rig.command({ type: 'resume' });
    rig.run(5);
    expect(rig.state).toMatchObject({ token: 2, status: 'playing', position: 0 });
    rig.run(3000);
    rig.flip(c, { at: 0.3 });
    expect(rig.state).toMatchObject({ token: 3, status: 'paused', position: 0.3 });
  });

  test('stop ends both decks', () => {
    rig.play(a);
    rig.run(300);
    rig.flip(b, { map: mapOf(a, b) });
    rig.run(1);
    rig.flip(c, { map: mapOf(b, c) });
    rig.command({ type: 'stop' });
    rig.run(3);
    expect(rig.state).toMatchObject({ status: 'idle', position: 0 });
    expect(rig.run(50).every((sample) => sample === 0)).toBe(true);
  });
});

describe('whatever is flipped, and how quickly', () => {
  const studios = [NEUTRAL_STUDIO, HIGHER, SLOWER];
  const settings = fc.record({
    studio: fc.constantFrom(...studios),
    trim: fc.constantFrom(0, -2, -6),
    loop: fc.constant('all' as const),
  });
  const blocks = fc.oneof({ weight: 3, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(60) });
  const flip = fc.record({
    type: fc.constant('flip' as const),
    take: fc.nat(2),
    to: fc.constantFrom('map' as const, 'second' as const, 'start' as const),
    settings,
    blocks,
  });
  const set = fc.record({ type: fc.constant('set' as const), settings, blocks });
  const other = fc.record({
    type: fc.constantFrom('pause', 'resume', 'seek', 'play', 'stop'),
    take: fc.nat(2),
    blocks,
  });

  /** Takes with nothing but their low frequencies, in which a step stands out. */
  function muffled(take: SpokenTake): SpokenTake {
    const span = 48;
    const sums = take.samples.map((_, i) => {
      let sum = 0;
      for (let k = 0; k < span; k += 1) sum += take.samples[Math.max(0, i - k)] ?? 0;
      return sum / span;
    });
    const noisy = sums.map((sample, i) => sample + (((i * 7919) % 5) - 2));
    return { ...take, samples: noisy };
  }

  /** Largest step from one sample to the next. */
  function largestStep(frames: ArrayLike<number>): number {
    let most = 0;
    for (let i = 1; i < frames.length; i += 1) {
      most = Math.max(most, Math.abs((frames[i] as number) - (frames[i - 1] as number)));
    }
    return most;
  }

  function longestSilence(frames: ArrayLike<number>): number {
    let most = 0;
    let run = 0;
    for (let i = 0; i < frames.length; i += 1) {
      run = frames[i] === 0 ? run + 1 : 0;
      most = Math.max(most, run);
    }
    return most;
  }

  let takes: SpokenTake[];
  let bound: number;

  beforeAll(() => {
    takes = [a, b, c].map(muffled);
    let own = 0;
    let peak = 0;
    for (const take of takes) {
      for (const studio of studios) {
        const frames = new Reference(take, { studio, loop: 'all' }).run(1500);
        own = Math.max(own, largestStep(frames));
        peak = frames.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak);
      }
    }
    // Where both sounds are as far apart as they can be, the steepest part of the raised cosine adds this.
    bound = own + (2 * peak * Math.PI) / 2 / CROSS;
    // A cut would be far beyond it.
    expect(bound).toBeLessThan(peak / 3);
  });

  function begun(): { rig: PlaybackRig; now: number } {
    rig = new PlaybackRig();
    for (const take of takes) rig.load(take);
    rig.play(takes[0] as SpokenTake, { loop: 'all', from: 0.2 });
    rig.run(40);
    return { rig, now: 0 };
  }

  function doFlip(now: number, { take, to, settings }: { take: number; to: string; settings: Partial<DeckSettings> }) {
    const [from, there] = [takes[now] as SpokenTake, takes[take] as SpokenTake];
    if (to === 'map') rig.flip(there, { map: mapOf(from, there) }, settings);
    else rig.flip(there, to === 'second' ? { same: 'second' } : { at: 0.2 }, settings);
  }

  test('there is never a hole nor a step beyond that of a cross-fade', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: flip }, { weight: 1, arbitrary: set }), { maxLength: 25 }),
        (moves) => {
          let { now } = begun();
          for (const move of moves) {
            if (move.type === 'set') rig.set(move.settings);
            else {
              doFlip(now, move);
              now = move.take;
            }
            rig.run(move.blocks);
          }
          rig.run(20);
          const heard = rig.heard.slice(40 * CHAIN_BLOCK);
          expect(longestSilence(heard)).toBeLessThan(8);
          expect(largestStep(heard)).toBeLessThan(bound);
          expect(rig.state.status).toBe('playing');
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  test('nor a step where it is paused, moved, stopped and begun in between', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(flip, set, other), { maxLength: 30 }), (moves) => {
        let { now } = begun();
        for (const move of moves) {
          if (move.type === 'set') rig.set((move as { settings: Partial<DeckSettings> }).settings);
          else if (move.type === 'flip') {
            doFlip(now, move as Parameters<typeof doFlip>[1]);
            now = move.take;
          } else if (move.type === 'seek') rig.seek(move.take);
          else if (move.type === 'play') {
            rig.play(takes[move.take] as SpokenTake, { loop: 'all' });
            now = move.take;
          } else rig.command({ type: move.type as 'pause' | 'resume' | 'stop' });
          rig.run(move.blocks);
        }
        const last = rig.run(40);
        // A fade that nothing opened again would be silence for good.
        if (rig.state.status === 'playing') expect(longestSilence(last.subarray(20 * CHAIN_BLOCK))).toBeLessThan(8);
        expect(largestStep(rig.heard)).toBeLessThan(bound);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
