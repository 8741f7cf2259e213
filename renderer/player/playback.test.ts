import { beforeEach, describe, expect, test } from 'vitest';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { sine } from '../../shared/sound/testing/speech.ts';
import type { Command, Report } from './messages.ts';
import { Playback } from './playback.ts';

const RATE = 24_000;

let reports: Report[];
let playback: Playback;
let frame: number;

beforeEach(() => {
  reports = [];
  frame = 0;
  playback = new Playback((report) => reports.push(report));
});

/** A tone of 200 Hz, where any click stands out. */
function tone(seconds: number, from = 0): Int16Array<ArrayBuffer> {
  const phase = 2 * Math.PI * 200 * from;
  return Int16Array.from(sine(seconds, RATE, 200, -6, phase), (x) => Math.round(x * 32_767));
}

/** Frames in which the tone itself sets in. */
const ONSET = 480;

/** Largest second difference after the onset: that of the tone is 0.00034, a click has far more. */
function roughness(frames: Float32Array): number {
  let most = 0;
  for (let i = ONSET; i < frames.length; i += 1) {
    most = Math.max(most, Math.abs((frames[i] ?? 0) - 2 * (frames[i - 1] ?? 0) + (frames[i - 2] ?? 0)));
  }
  return most;
}
/** A fade of 5 ms bends the tone by this much at most. */
const SMOOTH = 0.001;

function run(seconds: number): Float32Array {
  const blocks = Math.ceil((seconds * CHAIN_RATE) / CHAIN_BLOCK);
  const out = new Float32Array(blocks * CHAIN_BLOCK);
  for (let at = 0; at < out.length; at += CHAIN_BLOCK) {
    playback.process(out.subarray(at, at + CHAIN_BLOCK), frame);
    frame += CHAIN_BLOCK;
  }
  return out;
}

function play(key: string, change: Partial<Extract<Command, { type: 'play' }>> = {}): void {
  playback.command({
    type: 'play',
    token: 1,
    key,
    from: 0,
    paused: false,
    loop: null,
    studio: NEUTRAL_STUDIO,
    trim: 0,
    prebuffer: 0,
    ...change,
  });
}

function load(key: string, samples: Int16Array, end = true): void {
  playback.command({ type: 'load', key, rate: RATE });
  playback.append(key, samples);
  if (end) playback.command({ type: 'end', key, broken: false });
}

function states(): string[] {
  return reports.filter((report) => report.type === 'state').map(({ status }) => status);
}

function state() {
  const last = reports.findLast((report) => report.type === 'state');
  if (!last) throw new Error('No state was reported.');
  return last;
}

describe('playing', () => {
  test('waits, begins with the first samples, ends', () => {
    play('a');
    run(0.1);
    expect(states()).toEqual(['waiting']);
    load('a', tone(0.02), false);
    const out = run(0.01);
    expect(states()).toEqual(['waiting', 'buffering', 'playing']);
    expect(out.some((sample) => sample !== 0)).toBe(true);
    playback.append('a', tone(0.5, 0.02));
    playback.command({ type: 'end', key: 'a', broken: false });
    run(0.6);
    expect(states()).toEqual(['waiting', 'buffering', 'playing', 'ended']);
    expect(state().position).toBeCloseTo(0.52, 2);
    expect(state().underruns).toBe(0);
  });

  test('says at which frame the first sound came out', () => {
    const late = new Int16Array(RATE / 2);
    late.set(tone(0.25), RATE / 4);
    load('a', late);
    play('a');
    const out = run(0.5);
    const sound = reports.find((report) => report.type === 'sound');
    expect(sound?.frame).toBe(out.findIndex((sample) => sample !== 0));
  });

  test('waits for the jitter buffer it was told to keep', () => {
    play('a', { prebuffer: 0.2 });
    load('a', tone(0.15), false);
    run(0.1);
    expect(state().status).toBe('buffering');
    playback.append('a', tone(0.1, 0.15));
    run(0.01);
    expect(state().status).toBe('playing');
  });

  test('begins a short take that is shorter than the jitter buffer', () => {
    play('a', { prebuffer: 2 });
    load('a', tone(0.1));
    run(0.01);
    expect(state().status).toBe('playing');
  });

  test('goes from one take to another without a click', () => {
    load('a', tone(1));
    load('b', tone(1));
    play('a');
    const before = run(0.1013);
    play('b', { token: 2 });
    const after = run(0.2);
    expect(roughness(Float32Array.from([...before, ...after]))).toBeLessThan(SMOOTH * 20);
    expect(state().token).toBe(2);
  });

  test('a take that was dropped no longer holds memory', () => {
    load('a', tone(1));
    expect(playback.bytes).toBe(RATE * 2);
    playback.command({ type: 'drop', key: 'a' });
    expect(playback.bytes).toBe(0);
    expect(playback.sources).toBe(0);
  });
});

describe('without clicks', () => {
  test.each<[string, Command[]]>([
    ['pause and go on', [{ type: 'pause' }, { type: 'resume' }]],
    [
      'pause and go on before the fade is over',
      [{ type: 'pause' }, { type: 'resume' }, { type: 'pause' }, { type: 'resume' }],
    ],
    [
      'jump',
      [
        { type: 'seek', token: 1, seconds: 2.0013 },
        { type: 'seek', token: 1, seconds: 0.7771 },
      ],
    ],
    ['loop a region', [{ type: 'set', token: 1, loop: { start: 0.1, end: 0.2013 } }]],
    ['stop', [{ type: 'stop' }]],
  ])('%s', (_, commands) => {
    load('a', tone(4));
    play('a');
    const heard = [...run(0.15)];
    for (const command of commands) {
      playback.command(command);
      heard.push(...run(commands.length > 2 ? 0.002 : 0.1));
    }
    heard.push(...run(0.3));
    expect(roughness(Float32Array.from(heard))).toBeLessThan(SMOOTH);
  });

  test('going on after a pause loses nothing', () => {
    load('a', tone(4));
    play('a');
    run(0.2);
    playback.command({ type: 'pause' });
    run(0.1);
    const paused = state();
    expect(paused.status).toBe('paused');
    run(0.5);
    playback.command({ type: 'resume' });
    run(0.1);
    const frames = reports.filter((report) => report.type === 'frame');
    expect(frames.at(-1)?.position).toBeLessThan(paused.position + 0.1);
  });

  test('seek moves to the place asked for, also while paused and after the end', () => {
    load('a', tone(1));
    play('a', { paused: true });
    run(0.01);
    playback.command({ type: 'seek', token: 1, seconds: 0.5 });
    expect(state()).toMatchObject({ status: 'paused', position: 0.5 });
    playback.command({ type: 'resume' });
    run(0.6);
    expect(state().status).toBe('ended');
    playback.command({ type: 'seek', token: 1, seconds: 0.25 });
    expect(state()).toMatchObject({ status: 'paused', position: 0.25 });
    playback.command({ type: 'resume' });
    run(0.1);
    expect(state().status).toBe('playing');
  });
});

describe('an underrun', () => {
  test('is faded, counted, waited out and gone on from where it was', () => {
    play('a');
    load('a', tone(0.3), false);
    const heard = [...run(0.5)];
    expect(state()).toMatchObject({ status: 'buffering', underruns: 1 });
    const { position } = state();
    expect(position).toBeGreaterThan(0.28);
    expect(position).toBeLessThan(0.3);
    playback.append('a', tone(1, 0.3));
    heard.push(...run(0.5));
    expect(state()).toMatchObject({ status: 'playing', underruns: 1, position });
    expect(roughness(Float32Array.from(heard))).toBeLessThan(SMOOTH);
  });

  test('is bridged with stretched sound, too', () => {
    play('a', { studio: { speed: 1.3, pitch: 2, volume: 0 } });
    load('a', tone(0.4), false);
    const heard = [...run(0.5)];
    expect(state()).toMatchObject({ status: 'buffering', underruns: 1 });
    playback.append('a', tone(1, 0.4));
    heard.push(...run(0.5));
    expect(state().status).toBe('playing');
    expect(roughness(Float32Array.from(heard))).toBeLessThan(SMOOTH * 3);
  });
});

describe('a stream that broke off', () => {
  test('is played to where it came, and faded out', () => {
    play('a');
    load('a', tone(0.3013), false);
    run(0.1);
    playback.command({ type: 'end', key: 'a', broken: true });
    const out = run(0.4);
    expect(state()).toMatchObject({ status: 'ended', underruns: 0 });
    expect(state().position).toBeGreaterThan(0.29);
    expect(roughness(out)).toBeLessThan(SMOOTH);
  });
});

describe('the meter', () => {
  test('shows level, peak and loudness of what comes out', () => {
    load('a', tone(2));
    play('a', { studio: { speed: 1, pitch: 0, volume: -6 } });
    const out = run(1.5);
    const last = reports.findLast((report) => report.type === 'frame');
    expect(20 * Math.log10(last?.level ?? 0)).toBeCloseTo(-12 - 3.01, 0);
    expect(20 * Math.log10(last?.peak ?? 0)).toBeCloseTo(-12, 1);
    expect(last?.integrated).toBeCloseTo(measureLoudness(out, CHAIN_RATE) ?? 0, 1);
    expect(last?.clipped).toBe(false);
  });

  test('says when something went beyond full scale', () => {
    load('a', tone(1));
    play('a', { studio: { speed: 1, pitch: 0, volume: 12 } });
    run(0.5);
    expect(reports.findLast((report) => report.type === 'frame')?.clipped).toBe(true);
  });
});
