// Flips between takes, in a page built as the app's is and under the app's policy, listened to sample by sample.
import { expect, test } from '@playwright/test';
import { crossed, mapOf, Reference, type SpokenTake, spokenTakes } from '../../renderer/player/testing/playback-rig.ts';
import { mapTime } from '../../shared/alignment/time-map.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { withHarness } from '../player/harness-tests.ts';

/** Frames in one block of the audio thread. */
const BLOCK = 128;

let a: SpokenTake;
let b: SpokenTake;

const harness = withHarness(async () => {
  [a, b] = (await spokenTakes()) as [SpokenTake, SpokenTake, SpokenTake];
  return { a, b };
});

/** First place at which two sounds differ. */
function difference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return i;
  return one.length;
}

for (const [name, studio] of Object.entries({
  'as it is': NEUTRAL_STUDIO,
  'with a speed and pitch of its own': { speed: 1.25, pitch: 3, volume: -2 },
})) {
  test(`a flip lands on the same word of the other take, cross-faded, ${name}`, async ({ page }) => {
    const trim = -3;
    const { sound, flipped, asked, shown } = await page.evaluate(
      async ({ studio, trim, map }) => {
        const { player, recording, store } = window.opened;
        const [first, second] = ['a', 'b'].map((clip) => window.harness.source(clip, `clip=${clip}`));
        if (!first || !second) throw new Error('There are two.');
        await Promise.all([player.preload(first), player.preload(second)]);
        player.play(first);
        await window.harness.until(window.opened, ({ position }) => position > 1);
        const before = store.getState().position;
        player.flip(second, { to: { map }, studio, trim });
        const asked = structuredClone(store.getState());
        const shown = new Promise<number>((resolve) => {
          const stop = player.onFrame(({ position }) => {
            stop();
            resolve(position);
          });
        });
        const after = await shown;
        const flipped = await window.harness.until(window.opened, ({ position }) => position > asked.position + 0.5);
        await recording.upToDate(player.context.currentTime);
        return { sound: recording.sound(), flipped, asked, shown: { before, after } };
      },
      { studio, trim, map: mapOf(a, b) },
    );
    expect(asked).toMatchObject({ takeId: 'b', status: 'playing', flippingTo: null, trim, studio });
    expect(asked.duration).toBeCloseTo(b.samples.length / b.rate, 6);
    expect(asked.position).toBeCloseTo(mapTime(mapOf(a, b), shown.before), 6);
    expect(Math.abs(shown.after - asked.position)).toBeLessThan(0.3);
    expect(flipped).toMatchObject({ takeId: 'b', status: 'playing', underruns: 0, fault: null });

    const old = await renderOffline(a.samples, a.rate, NEUTRAL_STUDIO);
    const onset = old.findIndex((sample) => sample !== 0);
    const heard = [...old.subarray(0, onset), ...sound];
    const start = Math.floor(difference(heard, old) / BLOCK) * BLOCK;
    expect(start).toBeGreaterThan(0.9 * 48_000);
    const landing = mapTime(mapOf(a, b), start / 48_000);
    const fresh = new Reference(b, { studio, trim }, landing).run(Math.floor((heard.length - start) / BLOCK));
    const expected = crossed(old.subarray(start), fresh);
    expect(expected.length).toBeGreaterThan(0.3 * 48_000);
    expect(difference(expected, heard.slice(start))).toBe(expected.length);
  });
}

test('takes fetched beforehand are kept, flipped to without being asked for again, and let go', async ({ page }) => {
  const before = harness.server.asked();
  const { loaded, counts, kept, gone } = await page.evaluate(async () => {
    const { player } = window.opened;
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const sources = names.map((name) => window.harness.source(name, 'clip=a'));
    const loaded = await Promise.all(sources.map((source) => player.preload(source)));
    const counts = player.counts();
    for (const source of sources) {
      player.flip(source, { to: { same: 'second' }, studio: { speed: 1, pitch: 0, volume: 0 }, trim: 0 });
      player.resume();
      await window.harness.until(
        window.opened,
        ({ takeId, status }) => takeId === source.takeId && status === 'playing',
      );
    }
    player.stop();
    const kept = player.counts().takes;
    for (const name of names) player.forget(name);
    return { loaded, counts, kept, gone: player.counts() };
  });
  expect(loaded).toEqual(loaded.map(({ takeId }) => ({ takeId, fault: null })));
  expect(harness.server.asked() - before).toBe(8);
  expect(counts).toMatchObject({ takes: 8, bytes: 8 * a.samples.length * 2, requests: 0, nodes: 1 });
  expect(kept).toBe(8);
  expect(gone).toMatchObject({ takes: 0, bytes: 0, requests: 0 });
});

test('a take that is on its way is gone over to when enough of it is there', async ({ page }) => {
  const { waiting, set, there, requests } = await page.evaluate(async () => {
    const { player, store } = window.opened;
    const studio = { speed: 1, pitch: 0, volume: 0 };
    player.play(window.harness.source('a', 'clip=a&repeat=3'));
    await window.harness.until(window.opened, ({ position }) => position > 0.5);
    player.flip(window.harness.source('b', 'clip=b&wait=300&repeat=3'), { to: { same: 'second' }, studio, trim: -1 });
    const waiting = structuredClone(store.getState());
    player.setStudio({ speed: 1, pitch: 0, volume: -4 }, 'b');
    const set = structuredClone(store.getState().studio);
    const there = await window.harness.until(window.opened, ({ takeId }) => takeId === 'b');
    await window.harness.until(window.opened, ({ complete }) => complete);
    return { waiting, set, there, requests: player.counts().requests };
  });
  expect(waiting).toMatchObject({ takeId: 'a', flippingTo: 'b', status: 'playing' });
  expect(set).toEqual(NEUTRAL_STUDIO);
  expect(there).toMatchObject({ takeId: 'b', flippingTo: null, status: 'playing', trim: -1, fault: null });
  expect(there.studio).toEqual({ ...NEUTRAL_STUDIO, volume: -4 });
  expect(there.position).toBeGreaterThan(0.5);
  expect(requests).toBe(0);
});

test('what is set for a take that neither plays nor comes changes nothing of the one that plays', async ({ page }) => {
  const { other, own, any } = await page.evaluate(async () => {
    const { player, store } = window.opened;
    const louder = (volume: number) => ({ speed: 1, pitch: 0, volume });
    player.play(window.harness.source('a', 'clip=a&repeat=3'));
    await window.harness.until(window.opened, ({ position }) => position > 0.2);
    player.setStudio(louder(-4), 'b');
    const other = store.getState().studio.volume;
    player.setStudio(louder(-5), 'a');
    const own = store.getState().studio.volume;
    player.setStudio(louder(-6));
    return { other, own, any: store.getState().studio.volume };
  });
  expect({ other, own, any }).toEqual({ other: 0, own: -5, any: -6 });
});

test('a flip to a take that cannot be had is told, and the one before plays on to its end', async ({ page }) => {
  const { failed, broken, ended } = await page.evaluate(async () => {
    const { player } = window.opened;
    const options = { to: { same: 'second' as const }, studio: { speed: 1, pitch: 0, volume: 0 }, trim: 0 };
    player.play(window.harness.source('a', 'clip=a'));
    await window.harness.until(window.opened, ({ position }) => position > 1);
    player.flip(window.harness.source('b', 'clip=b&status=502'), options);
    const failed = await window.harness.until(window.opened, ({ fault }) => fault !== null);
    player.flip(window.harness.source('c', 'clip=b&break=0.5&pace=3'), options);
    const broken = await window.harness.until(window.opened, ({ fault }) => fault?.code === 'cut_short');
    const ended = await window.harness.until(window.opened, ({ status }) => status === 'ended');
    return { failed, broken, ended };
  });
  expect(failed).toMatchObject({ takeId: 'a', status: 'playing', flippingTo: null });
  expect(failed.fault).toEqual({ code: 'provider_fault', message: 'The test said no.' });
  expect(broken).toMatchObject({ takeId: 'a', status: 'playing', flippingTo: null });
  expect(ended).toMatchObject({ takeId: 'a', underruns: 0 });
  harness.forgive('502', 'ERR_INCOMPLETE_CHUNKED_ENCODING');
});

test('the newest flip counts; those given up are neither heard nor left open', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const { player, store } = window.opened;
    const options = { to: { same: 'second' as const }, studio: { speed: 1, pitch: 0, volume: 0 }, trim: 0 };
    player.play(window.harness.source('a', 'clip=a&repeat=2'));
    await window.harness.until(window.opened, ({ position }) => position > 0.3);
    const seen = new Set<string | null>();
    const stop = store.subscribe(({ takeId }) => seen.add(takeId));
    for (const name of ['b', 'c', 'd']) player.flip(window.harness.source(name, 'clip=b&wait=100&repeat=2'), options);
    await window.harness.until(window.opened, ({ takeId, complete }) => takeId === 'd' && complete);
    await window.harness.until(window.opened, ({ position }) => position > 1);
    stop();
    player.stop();
    return [...seen];
  });
  expect(seen).toEqual(['a', 'd']);
});

test('stopping, forgetting and closing end what a flip waits for', async ({ page }) => {
  await page.evaluate(async () => {
    const { player, store } = window.opened;
    const options = { to: { same: 'second' as const }, studio: { speed: 1, pitch: 0, volume: 0 }, trim: 0 };
    const slow = (name: string) => window.harness.source(name, 'clip=b&pace=1&repeat=20');
    player.play(window.harness.source('a', 'clip=a'));
    await window.harness.until(window.opened, ({ position }) => position > 0.2);
    player.flip(slow('b'), options);
    player.forget('b');
    if (store.getState().flippingTo !== null) throw new Error('A take that was forgotten is still flipped to.');
    player.flip(slow('c'), options);
    player.stop();
    void player.preload(slow('d'));
    void player.preload(slow('e'));
    player.release('e');
  });
  // The one that is to be kept is still read.
  await expect.poll(() => harness.server.open()).toBe(1);
});

test('paused, a flip changes take and place without a sound', async ({ page }) => {
  const { paused, place, sound } = await page.evaluate(
    async (map) => {
      const { player, recording, store } = window.opened;
      const second = window.harness.source('b', 'clip=b');
      await player.preload(second);
      player.play(window.harness.source('a', 'clip=a'));
      await window.harness.until(window.opened, ({ position }) => position > 1);
      player.pause();
      const { position: place } = await window.harness.until(window.opened, ({ status }) => status === 'paused');
      await recording.upToDate(player.context.currentTime);
      recording.clear();
      player.flip(second, { to: { map }, studio: { speed: 1, pitch: 0, volume: 0 }, trim: 0 });
      const until = player.context.currentTime + 0.1;
      await recording.upToDate(until);
      return { paused: structuredClone(store.getState()), place, sound: recording.sound() };
    },
    mapOf(a, b),
  );
  expect(paused).toMatchObject({ takeId: 'b', status: 'paused', complete: true });
  expect(paused.position).toBeCloseTo(mapTime(mapOf(a, b), place), 4);
  expect(sound).toEqual([]);
});
