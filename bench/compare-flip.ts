import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { buildHarness } from '../e2e/player/build-harness.ts';
import { type PcmServer, startPcmServer } from '../e2e/player/pcm-server.ts';
import { headlessForTests } from '../e2e/runtime/browser-runtime.ts';
import type { FlipOptions, PlaySource } from '../renderer/player/player-state.ts';
import {
  CROSS,
  crossed,
  mapOf,
  PlaybackRig,
  Reference,
  type SpokenTake,
  spokenTakes,
} from '../renderer/player/testing/playback-rig.ts';
import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { seeded } from '../shared/seeded.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../shared/sound/chain-format.ts';
import type { Figure } from './figure.ts';
import { percentile } from './player-page.ts';
import { installTap } from './player-tap.ts';

const FLIPS = 150;
/** ms from one flip to the next, at least and at most. */
const REST = { least: 90, most: 300 };
/** Steepest part of the raised cosine, per frame. */
const STEEPEST = Math.PI / 2 / CROSS;

/** How each of the two slots is heard. */
const CASES: { label: string; studios: [StudioSettings, StudioSettings] }[] = [
  { label: 'as they are', studios: [NEUTRAL_STUDIO, NEUTRAL_STUDIO] },
  {
    label: 'speed and pitch of their own',
    studios: [
      { speed: 1.2, pitch: 3, volume: 0 },
      { speed: 0.85, pitch: -2, volume: -1 },
    ],
  },
];
const TRIMS = [0, -2.5];

interface Flipped {
  /** Time of the context at the key press, s. */
  pressed: number;
  /** Time stamp of the key press, ms. */
  stamp: number;
  /** When the audio thread made the first block of it, by the wall clock, in the unit of `stamp`. */
  made: number;
  /** See `Tap.flips`. */
  frame: number;
  position: number;
}

interface Session {
  flips: Flipped[];
  /** First frame of the recording. */
  start: number;
  heard: Float32Array;
  underruns: number;
}

declare global {
  interface Window {
    pressed: { pressed: number; stamp: number }[];
    /** When the audio thread told of each flip, in ms since the epoch. */
    made: number[];
  }
}

/** In the audio thread, which has no other clock: notes when a flip is told of. The page may be told much later. */
const CLOCK = `
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
  const flip = typeof message === 'object' && message !== null && message.type === 'flip';
  return post.call(this, flip ? { ...message, made: Date.now() } : message, ...rest);
};`;

/** Puts {@link CLOCK} into every audio thread. Must not refer to anything outside of itself. */
function installClock(): void {
  window.made = [];
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      super(options);
      void this.audioWorklet.addModule('/clock.js');
    }
  };
  const Node = window.AudioWorkletNode;
  window.AudioWorkletNode = class extends Node {
    constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(context, name, options);
      this.port.addEventListener('message', ({ data }: MessageEvent) => {
        if (data.type === 'flip') window.made.push(data.made);
      });
    }
  };
}

/** Flips by key between two slots of one text, in a real browser: how soon they are heard, and whether cleanly. */
export async function flipFigures(): Promise<Figure[]> {
  const [a, b] = (await spokenTakes()) as [SpokenTake, SpokenTake, SpokenTake];
  const { folder, remove } = await buildHarness();
  let server: PcmServer | null = null;
  let browser: Browser | null = null;
  const figures: Figure[] = [];
  try {
    await writeFile(join(folder, 'clock.js'), CLOCK);
    server = await startPcmServer(folder, { a, b });
    browser = await chromium.launch({ executablePath: headlessForTests(console.log) });
    for (const { label, studios } of CASES) {
      const page = await browser.newPage();
      await page.addInitScript(installTap);
      await page.addInitScript(installClock);
      await page.goto(server.url);
      const session = await flipping(page, a, b, studios);
      await page.close();
      figures.push(...latency(label, session), ...cleanness(label, session, [a, b], studios));
    }
    figures.push(costFigure([a, b]));
  } finally {
    await browser?.close();
    await server?.close();
    await remove();
  }
  return figures;
}

/** Plays the first slot round and round and flips with the key X. */
async function flipping(
  page: Page,
  a: SpokenTake,
  b: SpokenTake,
  studios: [StudioSettings, StudioSettings],
): Promise<Session> {
  await page.evaluate(
    async ({ maps, studios, trims }) => {
      window.opened = window.harness.open();
      const { player } = window.opened;
      const sources = ['a', 'b'].map((clip) => window.harness.source(clip, `clip=${clip}`)) as [PlaySource, PlaySource];
      await Promise.all(sources.map((source) => player.preload(source)));
      window.pressed = [];
      let slot = 0;
      window.addEventListener('keydown', ({ key, timeStamp }) => {
        if (key !== 'x') return;
        window.pressed.push({ pressed: player.context.currentTime, stamp: timeStamp });
        const map = maps[slot];
        slot = 1 - slot;
        const options = { to: { map }, studio: studios[slot], trim: trims[slot], loop: 'all' } as FlipOptions;
        player.flip(sources[slot] as PlaySource, options);
      });
      await player.warm();
      window.tap.recording = true;
      player.play(sources[0], { studio: studios[0], trim: trims[0] ?? 0, loop: 'all' });
      await window.harness.until(window.opened, ({ position }) => position > 0.3);
    },
    { maps: [mapOf(a, b), mapOf(b, a)], studios, trims: TRIMS },
  );
  const random = seeded(4);
  for (let flip = 0; flip < FLIPS; flip += 1) {
    await page.waitForTimeout(REST.least + random() * (REST.most - REST.least));
    await page.keyboard.press('x');
  }
  await page.waitForFunction((count) => window.tap.flips.length === count, FLIPS);
  const { flips, start, base64, underruns, noted } = await page.evaluate(async () => {
    const { tap, pressed, opened, made } = window;
    const now = opened.player.context.currentTime * 48_000;
    while ((tap.pieces.at(-1)?.frame ?? 0) < now) await new Promise((resolve) => setTimeout(resolve, 5));
    tap.recording = false;
    const bytes = new Uint8Array(tap.pieces.length * 4096);
    for (const [i, { samples }] of tap.pieces.entries()) bytes.set(new Uint8Array(samples.buffer), i * 4096);
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    // What a time since the epoch is in the page's own clock.
    const epoch = Date.now() - performance.now();
    const flips = tap.flips.map((flip, i) => ({
      ...flip,
      ...(pressed[i] ?? { pressed: 0, stamp: 0 }),
      made: (made[i] ?? 0) - epoch,
    }));
    const start = tap.pieces[0]?.frame ?? 0;
    const { underruns } = tap;
    await opened.player.close();
    const noted = made.filter(Number.isFinite).length === flips.length && pressed.length === flips.length;
    return { flips, start, base64: btoa(text), underruns, noted };
  });
  if (!noted) throw new Error('The time of each flip was not noted.');
  const bytes = Buffer.from(base64, 'base64');
  return { flips, start, heard: new Float32Array(new Uint8Array(bytes).buffer), underruns };
}

function latency(label: string, { flips }: Session): Figure[] {
  const context = flips.map(({ frame, pressed }) => ((frame + 1) / CHAIN_RATE - pressed) * 1000);
  const wall = flips.map(({ made, stamp }) => made - stamp);
  const figure = (times: number[], clock: string, reach: number): Figure => {
    const got = percentile(times, 0.95);
    const median = percentile(times, 0.5).toFixed(1);
    return {
      what: `flip, ${label}: key to first sample of the other slot, ${clock}, p95 (p50 ${median} ms)`,
      reach: `at most ${reach} ms`,
      got,
      unit: 'ms',
      ok: got <= reach,
    };
  };
  return [figure(context, 'time of the context', 10), figure(wall, 'by the wall clock', 20)];
}

/** Makes the same flips offline, of chains alone, and compares with them what was heard. */
function cleanness(
  label: string,
  { flips, start, heard, underruns }: Session,
  takes: [SpokenTake, SpokenTake],
  studios: [StudioSettings, StudioSettings],
): Figure[] {
  const settings = (slot: number) => ({
    studio: studios[slot] ?? NEUTRAL_STUDIO,
    trim: TRIMS[slot] ?? 0,
    loop: 'all' as const,
  });
  let slot = 0;
  let now = new Reference(takes[0], settings(0));
  const first = heard.findIndex((sample) => sample !== 0);
  const lead = new Reference(takes[0], settings(0)).run(100).findIndex((sample) => sample !== 0);
  let at = first - lead;
  let other = 0;
  let steps = 0;
  let gap = 0;
  const compare = (expected: ArrayLike<number>) => {
    for (let i = 0; i < expected.length; i += 1) if (heard[at + i] !== expected[i]) other += 1;
    at += expected.length;
  };
  for (const { frame, position } of flips) {
    compare(now.run((frame - start - at) / CHAIN_BLOCK));
    slot = 1 - slot;
    const fresh = new Reference(takes[slot] as SpokenTake, settings(slot), position);
    const [old, young] = [now.run(4), fresh.run(4)];
    for (let i = 1; i < old.length; i += 1) {
      const step = Math.abs((heard[at + i] ?? 0) - (heard[at + i - 1] ?? 0));
      if (step > stepOfCross(old, young, i) + 1e-6) steps += 1;
    }
    compare(crossed(old, young));
    now = fresh;
  }
  for (let i = first, run = 0; i < at; i += 1) {
    run = heard[i] === 0 ? run + 1 : 0;
    gap = Math.max(gap, run);
  }
  const none = (what: string, got: number): Figure => ({
    what: `flip, ${label}: ${what}, in ${flips.length} flips`,
    reach: '0',
    got,
    unit: '',
    ok: got === 0,
  });
  return [
    none('steps from sample to sample beyond those of a cross-fade', steps),
    none('samples that are not those of the same flips made offline', other),
    none('underruns', underruns),
    {
      what: `flip, ${label}: longest run of silent samples`,
      reach: 'below 8',
      got: gap,
      unit: 'samples',
      ok: gap < 8,
    },
  ];
}

/** What the dearest block of a flip between two stretched slots costs, in processor time. */
function costFigure(takes: [SpokenTake, SpokenTake]): Figure {
  const studios = CASES[1]?.studios ?? [NEUTRAL_STUDIO, NEUTRAL_STUDIO];
  const rig = new PlaybackRig();
  for (const take of takes) rig.load(take);
  rig.play(takes[0], { loop: 'all', studio: studios[0] });
  const block = new Float32Array(CHAIN_BLOCK);
  const costs: number[] = [];
  for (let flip = 0; flip < FLIPS * 2; flip += 1) {
    const [from, to] = flip % 2 === 0 ? takes : [takes[1], takes[0]];
    for (let i = 0; i < 60; i += 1) rig.playback.process(block, 0);
    rig.flip(to, { map: mapOf(from, to) }, { loop: 'all', studio: studios[1 - (flip % 2)] ?? NEUTRAL_STUDIO });
    let dearest = 0;
    for (let i = 0; i < 5; i += 1) {
      const before = process.cpuUsage();
      rig.playback.process(block, 0);
      const { user, system } = process.cpuUsage(before);
      dearest = Math.max(dearest, (user + system) / 1000);
    }
    costs.push(dearest);
  }
  // The first half is run by code that has not been compiled yet.
  const got = percentile(costs.slice(FLIPS), 0.95);
  const limit = (CHAIN_BLOCK / CHAIN_RATE) * 1000 * 0.75;
  return {
    what: 'processor time of the dearest block of a flip, speed and pitch of their own, p95',
    reach: `at most three quarters of a block (${limit.toFixed(1)} ms)`,
    got,
    unit: 'ms',
    ok: got <= limit,
  };
}

/** Most that a cross-fade of two sounds can step at a frame. */
function stepOfCross(old: Float32Array, fresh: Float32Array, i: number): number {
  const value = (sound: Float32Array, at: number) => sound[at] ?? 0;
  const own = (sound: Float32Array) => Math.abs(value(sound, i) - value(sound, i - 1));
  const apart = Math.max(Math.abs(value(old, i) - value(fresh, i)), Math.abs(value(old, i - 1) - value(fresh, i - 1)));
  return Math.max(own(old), own(fresh)) + STEEPEST * apart;
}
