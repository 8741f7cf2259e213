import { FRAME_BANDS, FRAME_STEP, type SpeechFrames } from './speech-frames.ts';

/** Steps of the pitch histogram in semitones, and its first one in Hz. */
const PITCH_STEP = 0.125;
const PITCH_LOWEST = 50;
const PITCH_BINS = 345;
export const PITCHES_PER_SEMITONE = 1 / PITCH_STEP;
/** The level histogram has a bin for each dB from here. */
const LEVEL_LOWEST = -90;
const LEVEL_BINS = 96;
export const LEVELS_PER_DB = 1;
/** A gap in the speech that lasts so long is a pause, in s: stop consonants are shorter. */
const PAUSE = 0.15;

/** Sums over frames of the logarithmic bands: how many, their sum, and the sum of their products with each other. */
export interface BandSums {
  frames: number;
  sums: Float64Array;
  /** Row after row, {@link FRAME_BANDS} each. */
  products: Float64Array;
}

/**
 * All that is kept of how a voice was heard. Everything is a sum, so that the statistics of several takes are the sum of
 * theirs, however they are put together.
 */
export interface VoiceStatistics {
  /** Bands that every one of the sounds carries. */
  carried: number;
  /** Over frames with a voice, and over all that are speech. */
  voiced: BandSums;
  active: BandSums;
  /** Frames by their pitch, from {@link PITCH_LOWEST} on. */
  pitches: Float64Array;
  /** Frames of speech by their level. */
  levels: Float64Array;
  /** Over frames with a voice: spectral centroid in Hz, and cepstral peak prominence in dB. */
  centre: number;
  prominence: number;
  /** Seconds of speech, and of the pauses in it. */
  speech: number;
  pauses: number;
  /** Mean squares of the frames that are pause, and of those that are speech. */
  pauseEnergy: number;
  speechEnergy: number;
  /** Syllables, and the seconds of speech they were spoken in: of takes whose text is known. */
  syllables: number;
  syllableSeconds: number;
  /** Mean square that stands for the integrated loudness (BS.1770), times seconds of speech; and those seconds. */
  loudness: number;
  loudnessSeconds: number;
}

/** What is known of a take beside its sound. */
export interface TakeFacts {
  /** Syllables of its text; null where that is not known. */
  syllables: number | null;
  /** Integrated loudness in LUFS; null where it could not be measured. */
  loudness: number | null;
}

const bandSums = (): BandSums => ({
  frames: 0,
  sums: new Float64Array(FRAME_BANDS),
  products: new Float64Array(FRAME_BANDS * FRAME_BANDS),
});

/** Statistics of nothing. */
export function noStatistics(): VoiceStatistics {
  return {
    carried: FRAME_BANDS,
    voiced: bandSums(),
    active: bandSums(),
    pitches: new Float64Array(PITCH_BINS),
    levels: new Float64Array(LEVEL_BINS),
    ...Object.fromEntries(SCALARS.map((name) => [name, 0])),
  } as VoiceStatistics;
}

const SCALARS = [
  'centre',
  'prominence',
  'speech',
  'pauses',
  'pauseEnergy',
  'speechEnergy',
  'syllables',
  'syllableSeconds',
  'loudness',
  'loudnessSeconds',
] as const satisfies readonly (keyof VoiceStatistics)[];

function addFrame(to: BandSums, bands: Float32Array, at: number): void {
  to.frames += 1;
  for (let i = 0; i < FRAME_BANDS; i += 1) {
    const own = bands[at + i] as number;
    to.sums[i] = (to.sums[i] as number) + own;
    for (let j = 0; j <= i; j += 1) {
      const place = i * FRAME_BANDS + j;
      to.products[place] = (to.products[place] as number) + own * (bands[at + j] as number);
    }
  }
}

/** The sums of products were made for one half; the other one is the same. */
function mirror({ products }: BandSums): void {
  for (let i = 0; i < FRAME_BANDS; i += 1) {
    for (let j = 0; j < i; j += 1) products[j * FRAME_BANDS + i] = products[i * FRAME_BANDS + j] as number;
  }
}

const bin = (value: number, bins: number) => Math.min(bins - 1, Math.max(0, Math.floor(value)));

/** Frames that are no speech between two that are, where they last as long as a pause: 1 or 0. */
function pauseFrames(active: Uint8Array): Uint8Array {
  const pauses = new Uint8Array(active.length);
  let last = active.indexOf(1);
  for (let frame = last + 1; last >= 0 && frame < active.length; frame += 1) {
    if (active[frame] !== 1) continue;
    if ((frame - last - 1) * FRAME_STEP >= PAUSE) pauses.fill(1, last + 1, frame);
    last = frame;
  }
  return pauses;
}

/** Sums up how a voice is heard in one take. */
export function statisticsOf(frames: SpeechFrames, { syllables, loudness }: TakeFacts): VoiceStatistics {
  const found = noStatistics();
  found.carried = frames.carried;
  const pauses = pauseFrames(frames.active);
  const first = frames.active.indexOf(1);
  const last = frames.active.lastIndexOf(1);
  for (let frame = Math.max(0, first); frame <= last; frame += 1) {
    const level = frames.level[frame] as number;
    if (pauses[frame] === 1) {
      found.pauses += FRAME_STEP;
      found.pauseEnergy += 10 ** (level / 10);
      continue;
    }
    found.speech += FRAME_STEP;
    found.speechEnergy += 10 ** (level / 10);
    if (frames.active[frame] !== 1) continue;
    addFrame(found.active, frames.bands, frame * FRAME_BANDS);
    const levelBin = bin(level - LEVEL_LOWEST, LEVEL_BINS);
    found.levels[levelBin] = (found.levels[levelBin] as number) + 1;
    const hertz = frames.pitch[frame] as number;
    if (hertz === 0) continue;
    addFrame(found.voiced, frames.bands, frame * FRAME_BANDS);
    const pitchBin = bin((12 * Math.log2(hertz / PITCH_LOWEST)) / PITCH_STEP, PITCH_BINS);
    found.pitches[pitchBin] = (found.pitches[pitchBin] as number) + 1;
    found.centre += frames.centre[frame] as number;
    found.prominence += frames.prominence[frame] as number;
  }
  mirror(found.voiced);
  mirror(found.active);
  if (syllables !== null && found.speech > 0) {
    found.syllables = syllables;
    found.syllableSeconds = found.speech;
  }
  if (loudness !== null) {
    found.loudness = 10 ** (loudness / 10) * found.speech;
    found.loudnessSeconds = found.speech;
  }
  return found;
}

/** The numbers of statistics, one list after the other. */
function* lists({ voiced, active, pitches, levels }: VoiceStatistics): Generator<Float64Array> {
  yield voiced.sums;
  yield voiced.products;
  yield active.sums;
  yield active.products;
  yield pitches;
  yield levels;
}

/** The statistics of several takes together. */
export function mergedStatistics(all: readonly VoiceStatistics[]): VoiceStatistics {
  const merged = noStatistics();
  for (const one of all) {
    merged.carried = Math.min(merged.carried, one.carried);
    merged.voiced.frames += one.voiced.frames;
    merged.active.frames += one.active.frames;
    for (const name of SCALARS) merged[name] += one[name];
    const from = lists(one);
    for (const to of lists(merged)) {
      const own = from.next().value as Float64Array;
      for (let i = 0; i < to.length; i += 1) to[i] = (to[i] as number) + (own[i] as number);
    }
  }
  return merged;
}

/** Changes with what is measured: what was kept by another version is computed anew. */
const VERSION = 2;

/** Statistics as they are kept: 64-bit numbers, in the byte order of all machines that this runs on. */
export function packStatistics(statistics: VoiceStatistics): Uint8Array<ArrayBuffer> {
  const head = [
    VERSION,
    statistics.carried,
    statistics.voiced.frames,
    statistics.active.frames,
    ...SCALARS.map((name) => statistics[name]),
  ];
  const values = [Float64Array.from(head), ...lists(statistics)];
  const packed = new Float64Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of values) {
    packed.set(list, at);
    at += list.length;
  }
  return new Uint8Array(packed.buffer);
}

/** Reads what {@link packStatistics} wrote; null where another version did. */
export function unpackStatistics(packed: Uint8Array): VoiceStatistics | null {
  const statistics = noStatistics();
  const own = [...lists(statistics)];
  const head = 4 + SCALARS.length;
  const length = own.reduce((sum, list) => sum + list.length, head);
  if (packed.byteLength !== length * 8) return null;
  const values = new Float64Array(packed.slice().buffer);
  if (values[0] !== VERSION) return null;
  statistics.carried = values[1] as number;
  statistics.voiced.frames = values[2] as number;
  statistics.active.frames = values[3] as number;
  SCALARS.forEach((name, place) => {
    statistics[name] = values[4 + place] as number;
  });
  let at = head;
  for (const list of own) {
    list.set(values.subarray(at, at + list.length));
    at += list.length;
  }
  return statistics;
}

/** Value under which a part of the frames of a histogram lies, in bins; null where it is empty. */
function quantile(histogram: Float64Array, part: number): number | null {
  const all = histogram.reduce((sum, one) => sum + one, 0);
  if (all === 0) return null;
  let below = 0;
  for (const [place, one] of histogram.entries()) {
    if (one > 0 && below + one >= part * all) return place + (part * all - below) / one;
    below += one;
  }
  return histogram.length;
}

/** Semitones over 50 Hz under which a part of the voiced frames lies; null where no voice was heard. */
export function pitchQuantile({ pitches }: VoiceStatistics, part: number): number | null {
  const found = quantile(pitches, part);
  return found === null ? null : found * PITCH_STEP;
}

/** Hz of semitones over 50 Hz. */
export const hertzOf = (semitones: number): number => PITCH_LOWEST * 2 ** (semitones / 12);

/** Standard deviation of the pitch in semitones, without the outermost hundredths: a creak is no intonation. */
export function pitchDeviation(statistics: VoiceStatistics): number | null {
  const low = pitchQuantile(statistics, 0.01);
  const high = pitchQuantile(statistics, 0.99);
  if (low === null || high === null) return null;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const [place, frames] of statistics.pitches.entries()) {
    const semitones = (place + 0.5) * PITCH_STEP;
    if (semitones < low || semitones > high) continue;
    count += frames;
    sum += frames * semitones;
    squares += frames * semitones * semitones;
  }
  return count === 0 ? null : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** dB under which a part of the frames of speech lies; null where there are none. */
export function levelQuantile({ levels }: VoiceStatistics, part: number): number | null {
  const found = quantile(levels, part);
  return found === null ? null : found + LEVEL_LOWEST;
}
