import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { Chain } from '../shared/sound/chain.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { PcmSource } from '../shared/sound/source.ts';
import type { Figure } from './figure.ts';
import { percentile, type StudioPage } from './player-page.ts';
import { BENCH_RATE, benchSound } from './player-provider.ts';

const TRIALS = 14;
const CLIP = 6;
/** Frames heard after a move that are looked at. */
const AFTER = 0.35 * CHAIN_RATE;
/** Blocks between a move and its first sample that are tried: what a move takes in the chain is part of it. */
const SEARCH_BLOCKS = 24;
/** Within this part of the new value it counts as reached. */
const NEAR = 0.1;

/** One slider moved from one place to another by one key. */
interface Move {
  label: string;
  slider: 'Speed' | 'Pitch' | 'Volume';
  key: string;
  from: Partial<StudioSettings>;
  to: Partial<StudioSettings>;
}

const MOVES: Move[] = [
  { label: 'volume 0 to 12 dB', slider: 'Volume', key: 'End', from: {}, to: { volume: 12 } },
  { label: 'pitch 0 to 12 st', slider: 'Pitch', key: 'End', from: {}, to: { pitch: 12 } },
  { label: 'pitch 2 to 12 st', slider: 'Pitch', key: 'End', from: { pitch: 2 }, to: { pitch: 12 } },
  { label: 'speed 1 to 2', slider: 'Speed', key: 'End', from: {}, to: { speed: 2 } },
  { label: 'speed 1.2 to 0.5', slider: 'Speed', key: 'Home', from: { speed: 1.2 }, to: { speed: 0.5 } },
];

/** Ms from the key press to the first changed sample and to the new value. */
interface Heard {
  changed: number;
  reached: number;
}

/** How soon a moved slider is heard, in the real page. */
export async function sliderFigures(studio: StudioPage): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const move of MOVES) {
    const heard = await tryMove(studio, move);
    const limit = move.slider === 'Volume' ? 20 : 30;
    const changed = percentile(
      heard.map((one) => one.changed),
      0.95,
    );
    const there = percentile(
      heard.map((one) => one.reached),
      0.95,
    );
    figures.push(
      {
        what: `${move.label} while playing: first changed sample, p95`,
        reach: `${limit} ms`,
        got: changed,
        unit: 'ms',
        ok: changed <= limit,
      },
      {
        what: `${move.label} while playing: within 10 % of the new value, p95`,
        reach: '70 ms',
        got: there,
        unit: 'ms',
        ok: there <= 70,
      },
    );
  }
  return figures;
}

async function tryMove(studio: StudioPage, move: Move): Promise<Heard[]> {
  // Volume cannot be heard to change in the pauses of speech; speed cannot be told from a tone.
  const voice = move.slider === 'Speed' ? 'ready' : 'tone';
  const source = new PcmSource(BENCH_RATE);
  source.append(await benchSound(voice, CLIP));
  source.end();
  const start = { ...NEUTRAL_STUDIO, ...move.from };
  const end = { ...NEUTRAL_STUDIO, ...move.to };

  const slider = studio.page.getByRole('slider', { name: move.slider, exact: true });
  const heard: Heard[] = [];
  for (let trial = 0; heard.length < TRIALS && trial < TRIALS * 2; trial += 1) {
    await studio.desk(voice, `Speak for ${CLIP} seconds.`, start);
    await studio.record();
    await studio.renderAgain();
    // Somewhere in the middle of the source, another place each time.
    await studio.page.waitForTimeout(500 + trial * 37);
    await slider.focus();
    await studio.page.keyboard.press(move.key);
    const pressedAt = await studio.page.evaluate(() => window.tap.pressedAt);
    await studio.page.waitForTimeout(600);
    const recording = await studio.recorded();
    // An underrun is another benchmark's matter: here it would only hide when the change was heard.
    const underruns = await studio.page.evaluate(() => window.tap.underruns);
    if (underruns === 0) heard.push(timesOf(recording, pressedAt, source, start, end));
  }
  return heard;
}

/**
 * Finds when the change was heard, by making the same sound offline: live and offline are the same bit for bit, so the
 * block at which the change came in is the one with which they agree to the end.
 */
function timesOf(
  { frame, samples }: { frame: number; samples: Float32Array },
  pressedAt: number,
  source: PcmSource,
  start: StudioSettings,
  end: StudioSettings,
): Heard {
  const first = samples.findIndex((sample) => sample !== 0);
  const onset = first - (first % CHAIN_BLOCK);
  const heard = samples.subarray(onset);
  const unchanged = simulate(source, start, end, Number.POSITIVE_INFINITY, heard.length).frames;
  const changedAt = heard.findIndex((sample, i) => sample !== unchanged[i]);
  if (changedAt < 0) throw new Error('No change was heard.');
  const block = Math.floor(changedAt / CHAIN_BLOCK);
  for (let at = block; at >= Math.max(0, block - SEARCH_BLOCKS); at -= 1) {
    const made = simulate(source, start, end, at, changedAt + AFTER);
    if (!made.frames.every((sample, i) => sample === heard[i])) continue;
    const time = (frames: number) => ((frame + onset + frames) / CHAIN_RATE - pressedAt) * 1000;
    return { changed: time(changedAt), reached: time(reachedAt(made, changedAt, start, end)) };
  }
  const made = simulate(source, start, end, block, changedAt + AFTER).frames;
  const differs = made.findIndex((sample, i) => sample !== heard[i]);
  throw new Error(`What was heard is not what the chain makes: changed at ${changedAt}, other at ${differs}.`);
}

interface Made {
  frames: Float32Array;
  /** Source seconds at the start of each block. */
  positions: number[];
}

function simulate(source: PcmSource, start: StudioSettings, end: StudioSettings, at: number, length: number): Made {
  const chain = new Chain();
  chain.attach(source);
  chain.set(start);
  const frames = new Float32Array(Math.floor(length / CHAIN_BLOCK) * CHAIN_BLOCK);
  const positions: number[] = [];
  for (let block = 0; block * CHAIN_BLOCK < frames.length; block += 1) {
    if (block === at) chain.set(end);
    positions.push(chain.position);
    chain.process(frames.subarray(block * CHAIN_BLOCK, (block + 1) * CHAIN_BLOCK));
  }
  return { frames, positions };
}

/** Frame from which on the value stays within 10 % of the new one. */
function reachedAt(made: Made, changedAt: number, start: StudioSettings, end: StudioSettings): number {
  if (end.speed !== start.speed) return speedReached(made.positions, changedAt, end.speed);
  if (end.pitch !== start.pitch) return pitchReached(made.frames, changedAt, 500 * 2 ** (end.pitch / 12));
  // A gain that runs in a straight line for 5 ms is within a tenth of the way at nine tenths of it.
  return changedAt + 0.0045 * CHAIN_RATE;
}

function speedReached(positions: number[], changedAt: number, speed: number): number {
  const isNear = (block: number) => {
    const moved = ((positions[block + 1] ?? 0) - (positions[block] ?? 0)) * (CHAIN_RATE / CHAIN_BLOCK);
    return Math.abs(moved / speed - 1) <= NEAR;
  };
  let block = positions.length - 2;
  while (block > 0 && isNear(block)) block -= 1;
  return Math.max(changedAt, (block + 1) * CHAIN_BLOCK);
}

/** By the zero crossings of a tone, over 12 ms around each place. */
function pitchReached(frames: Float32Array, changedAt: number, pitch: number): number {
  const reach = Math.round(0.006 * CHAIN_RATE);
  let last = changedAt;
  for (let at = changedAt; at + reach < frames.length; at += 24) {
    if (Math.abs(frequency(frames.subarray(at - reach, at + reach)) / pitch - 1) > NEAR) last = at + 24;
  }
  return last;
}

function frequency(frames: Float32Array): number {
  const crossings: number[] = [];
  for (let i = 1; i < frames.length; i += 1) {
    const [a, b] = [frames[i - 1] ?? 0, frames[i] ?? 0];
    if (a < 0 && b >= 0) crossings.push(i - 1 + a / (a - b));
  }
  const [first, last] = [crossings[0] ?? 0, crossings.at(-1) ?? 0];
  return last > first ? ((crossings.length - 1) * CHAIN_RATE) / (last - first) : 0;
}
