import { CONTROL_RANGE, NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import { solveControls } from '../shared/matching/solve-controls.ts';
import { profileOf } from '../shared/profile/voice-profile.ts';
import { type PlacedVoice, placedVoice, VoiceSpace } from '../shared/profile/voice-space.ts';
import { mergedStatistics, type VoiceStatistics } from '../shared/profile/voice-statistics.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { measureLoudness } from '../shared/sound/loudness.ts';
import { percentile } from './compare-alignment-accuracy.ts';
import type { Figure } from './figure.ts';
import { changed, drawnChange, EnglishKokoro, type Sound, statisticsOfSound, VOICES } from './matching-speech.ts';
import { LINES, SAID } from './matching-texts.ts';

const UNCHANGED = { speed: 1, pitch: 0, volume: 0, formantsStay: false };

/** One voice in all that it says here. */
interface Heard {
  lines: VoiceStatistics[];
  /** The lines once more, through the studio. */
  again: VoiceStatistics[];
  said: VoiceStatistics[];
  sounds: Sound[];
  /** The same sentences after a change, two of them after the same one: what was changed, and what was heard. */
  changes: { change: ReturnType<typeof drawnChange>; said: VoiceStatistics[] }[];
}

async function hearAll(): Promise<Heard[]> {
  const kokoro = new EnglishKokoro();
  try {
    const all: Heard[] = [];
    for (const [place, voice] of VOICES.entries()) {
      const lines = [];
      const again = [];
      for (const text of LINES) {
        lines.push(statisticsOfSound(await kokoro.say(text, voice)));
        again.push(statisticsOfSound(await changed(await kokoro.say(text, voice), UNCHANGED)));
      }
      const sounds = [];
      for (const text of SAID) sounds.push(await kokoro.say(text, voice));
      const changes = [];
      for (let pair = 0; pair + 1 < sounds.length; pair += 2) {
        const change = drawnChange(7000 + 10 * place + pair);
        const said = [];
        for (const sound of sounds.slice(pair, pair + 2)) said.push(statisticsOfSound(await changed(sound, change)));
        changes.push({ change, said });
      }
      all.push({ lines, again, said: sounds.map((sound) => statisticsOfSound(sound)), sounds, changes });
    }
    return all;
  } finally {
    await kokoro.close();
  }
}

/** How often the right voice is the nearest one, and among the nearest three. */
class Places {
  #trials = 0;
  #first = 0;
  #three = 0;

  add(distances: readonly number[], right: number): void {
    const nearer = distances.filter((distance) => distance < (distances[right] as number)).length;
    this.#trials += 1;
    if (nearer < 1) this.#first += 1;
    if (nearer < 3) this.#three += 1;
  }

  figures(what: string, first: number, three: number): Figure[] {
    const figure = (where: string, reach: number, count: number): Figure => {
      const got = (100 * count) / this.#trials;
      const name = `${what}, right voice ${where} (of ${this.#trials})`;
      return { what: name, reach: `at least ${reach} %`, got, unit: '%', ok: got >= reach };
    };
    return [figure('first', first, this.#first), figure('in the first three', three, this.#three)];
  }
}

/** Every two of a list beside each other. */
const pairs = <Item>(list: readonly Item[]): [Item, Item][] =>
  list.flatMap((item, at) => (at % 2 === 0 && at + 1 < list.length ? [[item, list[at + 1] as Item]] : []));

function identityFigures(heard: readonly Heard[], space: VoiceSpace, placed: readonly PlacedVoice[]): Figure[] {
  const [one, two, oneChanged, twoChanged] = [new Places(), new Places(), new Places(), new Places()];
  for (const [right, { said, changes }] of heard.entries()) {
    for (const own of said) one.add(space.distances(own, placed), right);
    for (const own of pairs(said)) two.add(space.distances(mergedStatistics(own), placed), right);
    for (const { said: own } of changes) {
      for (const single of own) oneChanged.add(space.distances(single, placed), right);
      twoChanged.add(space.distances(mergedStatistics(own), placed), right);
    }
  }
  return [
    ...one.figures('54 voices, other sentences, one', 98, 100),
    ...two.figures('54 voices, other sentences, two', 99, 100),
    ...oneChanged.figures('speed, pitch, formants and level changed, one', 92, 98),
    ...twoChanged.figures('speed, pitch, formants and level changed, two', 98, 99),
  ];
}

/** Loudness of sounds at a pace and pitch, in LUFS. */
async function loudnessAt(
  sounds: readonly Sound[],
  { speed, pitch }: { speed: number; pitch: number },
): Promise<number> {
  let sum = 0;
  for (const { samples, sampleRate } of sounds) {
    const sound = await renderOffline(samples, sampleRate, { speed, pitch, volume: 0 });
    sum += 10 ** ((measureLoudness(sound, CHAIN_RATE) ?? 0) / 10);
  }
  return 10 * Math.log10(sum / sounds.length);
}

/** Settings solved for the right voice, which says the same two sentences, beside those that were made. */
async function settingsFigures(heard: readonly Heard[]): Promise<Figure[]> {
  const off = { pitch: [] as number[], volume: [] as number[], speed: [] as number[] };
  for (const { said, sounds, changes } of heard) {
    for (const [place, { change, said: after }] of changes.entries()) {
      const old = mergedStatistics(after);
      const own = mergedStatistics(said.slice(2 * place, 2 * place + 2));
      const pair = { old: profileOf(old), new: profileOf(own), pace: old.speech / own.speech };
      const shape = solveControls(pair, NEUTRAL_SETTINGS);
      // As the studio does it: loudness is measured at the pitch and pace that were solved.
      const loud = await loudnessAt(sounds.slice(2 * place, 2 * place + 2), shape);
      const found = solveControls({ ...pair, new: { ...pair.new, loudness: loud } }, NEUTRAL_SETTINGS);
      off.pitch.push(Math.abs(found.pitch - change.pitch));
      off.volume.push(Math.abs(found.volume - change.volume));
      off.speed.push(100 * Math.abs(found.speed / change.speed - 1));
    }
  }
  const figures = (what: string, errors: number[], median: number, most: number, unit: string): Figure[] =>
    [
      ['median', 0.5, median],
      ['p90', 0.9, most],
    ].map(([name, part, reach]) => {
      const got = percentile(errors, part as number);
      return {
        what: `${what} recovered, ${name}`,
        reach: `at most ${reach} ${unit}`,
        got,
        unit,
        ok: got <= (reach as number),
      };
    });
  return [
    ...figures(`pitch (steps of ${CONTROL_RANGE.pitch.step})`, off.pitch, 0.2, 0.6, 'st'),
    ...figures('level', off.volume, 0.2, 0.5, 'dB'),
    ...figures('speed', off.speed, 2, 4, '%'),
  ];
}

/**
 * The same lines by the same voice, once as they were rendered and once through the studio at another sample rate, beside
 * the nearest other voice: parts of its distance, the worst.
 */
function twiceFigure(heard: readonly Heard[], space: VoiceSpace, placed: readonly PlacedVoice[]): Figure {
  const parts = heard.map(({ again }, own) => {
    const distances = space.distances(mergedStatistics(again), placed);
    const others = distances.filter((_, place) => place !== own);
    return (distances[own] as number) / Math.min(...others);
  });
  const got = Math.max(...parts);
  const what = 'the same voice and settings twice, part of the distance to the nearest other';
  return { what, reach: 'at most 0.1', got, unit: '', ok: got <= 0.1 };
}

/** Whether voices are found again, and the settings that were made. Some 20 minutes, most of it for rendering. */
export async function matchingAccuracyFigures(): Promise<Figure[]> {
  const heard = await hearAll();
  const space = new VoiceSpace(heard.map(({ lines }) => ({ takes: lines })));
  const placed = heard.map(({ lines }) => placedVoice({ takes: lines }));
  return [
    ...identityFigures(heard, space, placed),
    ...(await settingsFigures(heard)),
    twiceFigure(heard, space, placed),
  ];
}
