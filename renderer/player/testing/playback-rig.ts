import { mapTime, type TimeMap } from '../../../shared/alignment/time-map.ts';
import { NEUTRAL_STUDIO } from '../../../shared/controls/controls.ts';
import { seeded } from '../../../shared/seeded.ts';
import { Chain } from '../../../shared/sound/chain.ts';
import { CHAIN_BLOCK } from '../../../shared/sound/chain-format.ts';
import { PcmSource } from '../../../shared/sound/source.ts';
import { testSpeech } from '../../../shared/sound/testing/speech.ts';
import type { DeckSettings } from '../deck.ts';
import type { Landing } from '../landing.ts';
import type { Command, Report } from '../messages.ts';
import { Playback } from '../playback.ts';

/** One sentence said by somebody. */
export interface SpokenTake {
  key: string;
  samples: Int16Array<ArrayBuffer>;
  /** Hz. */
  rate: number;
  /** When its words begin, s. */
  words: number[];
}

const SENTENCE = 'Seven wizards make toast while the quick brown fox jumps over the lazy dog.';

/** Loudest noise under the speech, so that no pause of it is digital silence: a hole in what is heard then stands out. */
const NOISE = 12;

/** The same sentence in one voice each, with a little noise under it. */
export async function spokenTakes(): Promise<SpokenTake[]> {
  const voices = [{}, { rate: 130, pitch: 30 }, { rate: 210, pitch: 70, gender: 2 }];
  const takes: SpokenTake[] = [];
  for (const [index, voice] of voices.entries()) {
    const { samples, sampleRate, words } = await testSpeech(SENTENCE, voice);
    const random = seeded(index + 1);
    takes.push({
      key: `take ${index}`,
      samples: samples.map(
        (sample) => sample / 2 + Math.round((random() - 0.5) * 2 * NOISE),
      ) as Int16Array<ArrayBuffer>,
      rate: sampleRate,
      words: words.map(({ time }) => time),
    });
  }
  return takes;
}

/** From one take to another, word by word. */
export function mapOf(from: SpokenTake, to: SpokenTake): TimeMap {
  const seconds = ({ samples, rate }: SpokenTake) => samples.length / rate;
  return { from: [0, ...from.words, seconds(from)], to: [0, ...to.words, seconds(to)] };
}

export function sourceOf({ samples, rate }: SpokenTake): PcmSource {
  const source = new PcmSource(rate);
  source.append(samples);
  source.end();
  return source;
}

/** Frames of the cross-fade of a flip: 5 ms. */
export const CROSS = 240;

/** What is heard of a flip: one sound going over into the other one along a raised cosine. */
export function crossed(old: ArrayLike<number>, fresh: ArrayLike<number>): number[] {
  return Array.from(fresh, (sample, i) => {
    const before = old[i] ?? 0;
    const weight = i < CROSS ? Math.fround(0.5 - 0.5 * Math.cos((Math.PI * i) / CROSS)) : 1;
    return weight === 1 ? sample : Math.fround(before + weight * (sample - before));
  });
}

export const PLAIN: DeckSettings = { studio: NEUTRAL_STUDIO, trim: 0, loop: null, prebuffer: 0 };

/** A playback, what it reports, and the frames that come out of it. */
export class PlaybackRig {
  readonly reports: Report[] = [];
  readonly playback = new Playback((report) => this.reports.push(report));
  readonly heard: number[] = [];
  #token = 0;

  load(take: SpokenTake, seconds = Number.POSITIVE_INFINITY): void {
    this.command({ type: 'load', key: take.key, rate: take.rate });
    this.append(take, 0, seconds);
    if (seconds === Number.POSITIVE_INFINITY) this.end(take);
  }

  append({ key, samples, rate }: SpokenTake, from: number, to: number): void {
    this.playback.append(key, samples.slice(Math.round(from * rate), Math.round(to * rate)));
  }

  end({ key }: SpokenTake, broken = false): void {
    this.command({ type: 'end', key, broken });
  }

  command(command: Command): void {
    this.playback.command(command);
  }

  play({ key }: SpokenTake, settings: Partial<DeckSettings & { from: number; paused: boolean }> = {}): void {
    this.#token += 1;
    this.command({ type: 'play', token: this.#token, key, from: 0, paused: false, ...PLAIN, ...settings });
  }

  /** @param from the take that `to` counts from: the last one that was played or flipped to, if none is given */
  flip({ key }: SpokenTake, to: Landing, settings: Partial<DeckSettings> = {}, from = this.#token): number {
    this.#token += 1;
    this.command({ type: 'flip', token: this.#token, from, key, to, ...PLAIN, ...settings });
    return this.#token;
  }

  set(change: Partial<DeckSettings>): void {
    this.command({ type: 'set', token: this.#token, ...change });
  }

  seek(seconds: number): void {
    this.command({ type: 'seek', token: this.#token, seconds });
  }

  /** @returns the frames that come out in so many blocks */
  run(blocks: number): Float32Array {
    const out = new Float32Array(blocks * CHAIN_BLOCK);
    for (let at = 0; at < out.length; at += CHAIN_BLOCK) {
      this.playback.process(out.subarray(at, at + CHAIN_BLOCK), this.heard.length + at);
    }
    for (const sample of out) this.heard.push(sample);
    return out;
  }

  /** The last flip that was heard. */
  get flipped(): { token: number; frame: number; position: number } {
    const last = this.reports.findLast((report) => report.type === 'flip');
    if (!last) throw new Error('No flip was heard.');
    return last;
  }

  get state(): Extract<Report, { type: 'state' }> {
    const last = this.reports.findLast((report) => report.type === 'state');
    if (!last) throw new Error('No state was reported.');
    return last;
  }
}

/** One take on a chain of its own: what is to be heard of it. */
export class Reference {
  readonly chain = new Chain();
  #gain: number;

  /** @param from s */
  constructor(take: SpokenTake, settings: Partial<DeckSettings> = {}, from = 0) {
    const { studio, trim, loop } = { ...PLAIN, ...settings };
    this.chain.attach(sourceOf(take));
    this.chain.set(studio);
    if (loop === 'all') this.chain.setLoop(0, Number.POSITIVE_INFINITY);
    else if (loop) this.chain.setLoop(loop.start, loop.end);
    this.chain.seek(from);
    this.#gain = Math.fround(10 ** (trim / 20));
  }

  run(blocks: number): Float32Array {
    const out = new Float32Array(blocks * CHAIN_BLOCK);
    for (let at = 0; at < out.length; at += CHAIN_BLOCK) this.chain.process(out.subarray(at, at + CHAIN_BLOCK));
    return this.#gain === 1 ? out : out.map((sample) => sample * this.#gain);
  }
}

/** The second of `to` that is the same place of the text as `seconds` of `from`. */
export function sameWord(from: SpokenTake, to: SpokenTake, seconds: number): number {
  return mapTime(mapOf(from, to), seconds);
}
