// The player alone, in a page built as the app's is and under the app's policy, listened to sample by sample.
import { expect, test } from '@playwright/test';
import { ARRIVAL_PEAKS } from '../../renderer/player/arrival-peaks.ts';
import { NEUTRAL_STUDIO, type StudioSettings } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { withHarness } from '../player/harness-tests.ts';

let speech: { samples: Int16Array; sampleRate: number };

const harness = withHarness(async () => {
  speech = await testSpeech('Seven wizards make toast.');
  return { speech: { samples: speech.samples, rate: speech.sampleRate } };
});

/** What the offline render gives from its first sample with sound to its last. */
async function expected(studio: StudioSettings): Promise<number[]> {
  const frames = await renderOffline(speech.samples, speech.sampleRate, studio);
  const sounds = (sample: number) => sample !== 0;
  return [...frames.subarray(frames.findIndex(sounds), frames.findLastIndex(sounds) + 1)];
}

for (const [name, studio] of Object.entries({
  neutral: NEUTRAL_STUDIO,
  'slower, higher and louder': { speed: 0.8, pitch: 3, volume: 2 },
})) {
  test(`what is heard is the offline render, bit for bit: ${name}`, async ({ page }) => {
    const heard = await page.evaluate(async (settings) => {
      const { player, recording } = window.opened;
      player.setStudio(settings);
      player.play(window.harness.source('a', 'clip=speech&pace=4&wait=20&piece=60&spread=30&odd=1'));
      const state = await window.harness.until(window.opened, ({ status }) => status === 'ended');
      await recording.upToDate(player.context.currentTime);
      return { state, sound: recording.sound() };
    }, studio);
    expect(heard.state).toMatchObject({ underruns: 0, complete: true, fault: null });
    expect(heard.state.firstSoundMs).toBeGreaterThan(0);
    const offline = await expected(studio);
    expect(heard.sound.length).toBeGreaterThanOrEqual(offline.length - 128);
    expect(offline.slice(0, heard.sound.length - 128)).toEqual(heard.sound.slice(0, heard.sound.length - 128));
  });
}

test('a take that was played plays again without being asked for', async ({ page }) => {
  const before = harness.server.asked();
  await page.evaluate(async () => {
    const { player } = window.opened;
    const source = window.harness.source('a', 'clip=speech');
    for (let i = 0; i < 3; i += 1) {
      player.play(source, { from: 1 });
      await window.harness.until(window.opened, ({ status }) => status === 'playing');
      await window.harness.until(window.opened, ({ status }) => status === 'ended');
    }
  });
  expect(harness.server.asked() - before).toBe(1);
});

test('a stream that breaks off is played to there, then said, with the place kept', async ({ page }) => {
  const failed = await page.evaluate(async () => {
    window.opened.player.play(window.harness.source('a', 'clip=speech&break=0.6&pace=3'));
    return window.harness.until(window.opened, ({ status }) => status === 'failed');
  });
  expect(failed.fault?.code).toBe('cut_short');
  expect(failed.fault?.message).toContain('0.6 s');
  expect(failed.position).toBeGreaterThan(0.55);
  expect(failed).toMatchObject({ complete: false, underruns: 0 });
  harness.forgive('ERR_INCOMPLETE_CHUNKED_ENCODING');
});

test('an error of the engine is the state’s fault, and the next take plays', async ({ page }) => {
  const { failed, next } = await page.evaluate(async () => {
    const { player } = window.opened;
    player.play(window.harness.source('a', 'clip=speech&status=502'));
    const failed = await window.harness.until(window.opened, ({ status }) => status === 'failed');
    player.play(window.harness.source('b', 'clip=speech'));
    return { failed, next: await window.harness.until(window.opened, ({ status }) => status === 'playing') };
  });
  expect(failed.fault).toEqual({ code: 'provider_fault', message: 'The test said no.' });
  expect(next).toMatchObject({ takeId: 'b', fault: null });
  harness.forgive('502');
});

test('sound comes while the page is busy', async ({ page }) => {
  const { soundAt, freeAt } = await page.evaluate(async () => {
    const { player, store } = window.opened;
    player.play(window.harness.source('a', 'clip=speech&wait=50&from=1', 'new'));
    const { currentTime } = player.context;
    const until = performance.now() + 1500;
    while (performance.now() < until) structuredClone(store.getState().status);
    const freeAt = (player.context.currentTime - currentTime) * 1000;
    const { firstSoundMs } = await window.harness.until(window.opened, (state) => state.firstSoundMs !== null);
    return { soundAt: firstSoundMs ?? 0, freeAt };
  });
  expect(soundAt).toBeLessThan(freeAt);
});

test('a stream that the page opened itself is played, too', async ({ page }) => {
  const state = await page.evaluate(async () => {
    window.opened.player.play({ takeId: 'own', provider: 'test', open: () => fetch('/pcm?clip=speech&length=1') });
    return window.harness.until(window.opened, ({ status }) => status === 'ended');
  });
  expect(state).toMatchObject({ takeId: 'own', complete: true, fault: null });
});

test('how loud a take is, is known as far as it has arrived', async ({ page }) => {
  const { peaks, others } = await page.evaluate(async () => {
    const { player } = window.opened;
    player.play(window.harness.source('a', 'clip=speech'));
    await window.harness.until(window.opened, ({ complete }) => complete);
    return { peaks: [...player.arrivedPeaks('a')], others: [...player.arrivedPeaks('b')] };
  });
  const size = speech.sampleRate / ARRIVAL_PEAKS;
  const expected = Array.from({ length: Math.floor(speech.samples.length / size) }, (_, i) => {
    return Math.max(...speech.samples.subarray(i * size, (i + 1) * size).map(Math.abs)) / 32768;
  });
  expect(peaks).toEqual(expected);
  expect(others).toEqual([]);
});

test('where another take answers than was asked for, that one is played and held', async ({ page }) => {
  const before = harness.server.asked();
  const state = await page.evaluate(async () => {
    const { player } = window.opened;
    player.play(window.harness.source('new', 'clip=speech&as=old'));
    await window.harness.until(window.opened, ({ status, complete }) => status === 'playing' && complete);
    player.play(window.harness.source('old', 'clip=speech'));
    await window.harness.until(window.opened, ({ status }) => status === 'playing');
    player.play(window.harness.source('again', 'clip=speech&as=old'));
    return window.harness.until(window.opened, ({ status, takeId }) => status === 'playing' && takeId === 'old');
  });
  expect(state).toMatchObject({ takeId: 'old', fault: null });
  expect(harness.server.asked() - before).toBe(2);
});

test('another take closes the connection of the one before', async ({ page }) => {
  await page.evaluate(async () => {
    const { player } = window.opened;
    player.play(window.harness.source('slow', 'clip=speech&repeat=20&pace=1'));
    await window.harness.until(window.opened, ({ status }) => status === 'playing');
    player.play(window.harness.source('next', 'clip=speech'));
    await window.harness.until(window.opened, ({ takeId, status }) => takeId === 'next' && status === 'playing');
  });
  await expect.poll(() => harness.server.open()).toBe(0);
});

test('meters and position follow at the display’s pace', async ({ page }) => {
  const frames = await page.evaluate(async () => {
    const { player } = window.opened;
    const seen: { position: number; levelDb: number; integratedLufs: number | null }[] = [];
    const stop = player.onFrame((frame) => seen.push({ ...frame }));
    player.play(window.harness.source('a', 'clip=speech'));
    await window.harness.until(window.opened, ({ status }) => status === 'ended');
    stop();
    return seen;
  });
  expect(frames.length).toBeGreaterThan(20);
  expect(frames.map(({ position }) => position)).toEqual(frames.map(({ position }) => position).sort((a, b) => a - b));
  expect(Math.max(...frames.map(({ levelDb }) => levelDb))).toBeGreaterThan(-40);
  expect(frames.at(-1)?.integratedLufs).toBeLessThan(0);
  expect(frames.at(-1)?.levelDb).toBe(Number.NEGATIVE_INFINITY);
});

test('an output that is held back is said, and playing goes on when it is let go', async ({ page }) => {
  const { held, back } = await page.evaluate(async () => {
    const { player } = window.opened;
    player.play(window.harness.source('a', 'clip=speech&repeat=5'));
    await window.harness.until(window.opened, ({ status }) => status === 'playing');
    void player.context.suspend();
    const held = await window.harness.until(window.opened, ({ device }) => device.state === 'suspended');
    const back = await window.harness.until(window.opened, ({ device }) => device.state === 'ok');
    return { held, back };
  });
  expect(held.device.note).toBeTruthy();
  expect(back.device.note).toBe('');
});

test('an output that takes no sound is said for as long as it takes none', async ({ page }) => {
  const { between, back } = await page.evaluate(async () => {
    const { player, store } = window.opened;
    const { context } = player;
    player.play(window.harness.source('a', 'clip=speech&repeat=20'));
    await window.harness.until(window.opened, ({ status }) => status === 'playing');
    const stopped = context.currentTime;
    Object.defineProperty(context, 'currentTime', { configurable: true, get: () => stopped });
    await window.harness.until(window.opened, ({ device }) => device.state === 'lost');
    const between: string[] = [];
    const stop = store.subscribe(({ device }) => between.push(device.state));
    const suspend = context.suspend.bind(context);
    await new Promise<void>((tried) => {
      context.suspend = () => {
        tried();
        return suspend();
      };
    });
    stop();
    Reflect.deleteProperty(context, 'currentTime');
    return { between, back: await window.harness.until(window.opened, ({ device }) => device.state === 'ok') };
  });
  expect(new Set(between)).toEqual(new Set(['lost']));
  expect(back.device.note).toBe('');
});

test('the output that was chosen is left when it goes, and taken up when it is back', async ({ page }) => {
  const { gone, back, sinks } = await page.evaluate(async () => {
    const { player } = window.opened;
    const usb = { kind: 'audiooutput', deviceId: 'usb', groupId: '', label: 'USB' } as MediaDeviceInfo;
    let there = [usb];
    navigator.mediaDevices.enumerateDevices = async () => there;
    const sinks: string[] = [];
    Object.assign(player.context, { setSinkId: async (id: string) => void sinks.push(id) });
    const change = async (devices: MediaDeviceInfo[], id: string) => {
      there = devices;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      return (await window.harness.until(window.opened, ({ device }) => device.id === id)).device;
    };
    await player.outputs();
    await player.setOutput('usb');
    return { gone: await change([], ''), back: await change([usb], 'usb'), sinks };
  });
  expect(gone).toMatchObject({ state: 'ok', note: expect.stringContaining('“USB” is gone') });
  expect(back).toEqual({ id: 'usb', label: 'USB', state: 'ok', note: '' });
  expect(sinks).toEqual(['usb', '', 'usb']);
});

test('an output that is not there falls back to the default, and says so', async ({ page }) => {
  const state = await page.evaluate(async () => {
    await window.opened.player.setOutput('there-is-no-such-output');
    return structuredClone(window.opened.store.getState());
  });
  expect(state.device).toMatchObject({ id: '', state: 'ok' });
  expect(state.device.note).toContain('default');
});

test('a reader that cannot be loaded is a fault, whenever it is asked', async ({ page }) => {
  await page.route(/reader-worker/, (route) => route.abort());
  const [first, second] = await page.evaluate(async () => {
    await window.opened.player.close();
    window.opened = window.harness.open();
    const ended = async (takeId: string) => {
      window.opened.player.play(window.harness.source(takeId, 'clip=speech'));
      return await window.harness.until(window.opened, (state) => state.takeId === takeId && state.status === 'failed');
    };
    return [await ended('a'), await ended('b')];
  });
  expect(first.fault).toMatchObject({ code: 'unsupported', todo: expect.stringContaining('Reload') });
  expect(second.fault).toEqual(first.fault);
  harness.forgive('ERR_FAILED');
});
