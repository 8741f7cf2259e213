import { ENVELOPE, envelopeOf } from './envelope.ts';
import { inverted, type Matrix, matrix, quadratic } from './matrix.ts';
import { addNoise, type ProcessingNoise } from './processing-noise.ts';
import { FORMANTS_KEPT, FORMANTS_MOVED } from './processing-noise-values.ts';
import { mergedStatistics, pitchQuantile, type VoiceStatistics } from './voice-statistics.ts';

/** Part of the covariances that is taken for chance: as many numbers are not known from a few sentences. */
const SHRINKAGE = 0.3;
/** Semitones by which the pitch of one voice differs from text to text: so unsure is how far its formants were moved. */
const UNSURE_PITCH = 0.5;
/** Semitones by which a voice may have been moved, at most. */
const MOST_MOVED = 7;
/** Moves at which it is measured what that unsureness does. */
const MEASURED_MOVES = [-2, 2];
/** Times a usual take that a voice was heard, in these steps: fewer say little, more nothing new. */
const HEARD_STEP = 0.5;
const LEAST_HEARD = 0.5;
const MOST_HEARD = 4;
/** How much they count beside what was done to a voice. Found by trying, on other sentences than the benchmark's. */
const WITHIN_WEIGHT = 0.5;
/** Variances under this are none. */
const LEAST_VARIANCE = 1e-4;

/** A voice that others are compared with: what was heard of it, one after the other. */
export interface HeardVoice {
  takes: readonly VoiceStatistics[];
}

/** A voice as it lies in a {@link VoiceSpace}. */
export interface PlacedVoice {
  /** Its envelope by so many bands. */
  envelope(carried: number): Float64Array;
  /** Bands that it is known by. */
  carried: number;
  /** Median pitch in semitones over 50 Hz; null where no voice was heard. */
  pitch: number | null;
}

/** What may have been done to a voice before it was heard. */
interface Guess {
  inverse: Matrix;
  moved: boolean;
}

/**
 * Says how far voices are from each other, whatever their pitch, pace and level were set to.
 *
 * The distance is that of P. C. Mahalanobis (1936), with the covariance within voices: what differs from sentence to
 * sentence of one voice counts little. Three guesses are made of what was done to a voice, and the nearest counts: nothing;
 * its pitch was moved and its formants stayed; both were moved alike, then they are moved back by the ratio of the pitches.
 */
export class VoiceSpace {
  readonly #within: Matrix;
  readonly #unsure: Matrix;
  /** Mean seconds of speech of a take, and takes of a voice. */
  readonly #seconds: number;
  readonly #takes: number;
  readonly #guesses = new Map<number, readonly Guess[]>();

  /** @param voices the candidates, which say what differs within voices; with one take each, a usual spread is taken */
  constructor(voices: readonly HeardVoice[]) {
    const takes = voices.flatMap((voice) => voice.takes);
    this.#within = withinVoices(voices);
    this.#unsure = unsureMoves(voices);
    this.#seconds = takes.reduce((sum, { speech }) => sum + speech, 0) / Math.max(1, takes.length);
    this.#takes = takes.length / Math.max(1, voices.length);
  }

  /**
   * What may have been done to a voice that was heard in so much speech. Means over more speech differ less from sentence to
   * sentence, as their variance does; what was done to the voice does not become less with it.
   */
  #guessesFor({ speech }: VoiceStatistics): readonly Guess[] {
    const times = this.#seconds > 0 ? speech / this.#seconds : 1;
    const heard = Math.min(MOST_HEARD, Math.max(LEAST_HEARD, Math.round(times / HEARD_STEP) * HEARD_STEP));
    const known = this.#guesses.get(heard);
    if (known) return known;
    const scale = WITHIN_WEIGHT * (1 / heard + 1 / Math.max(1, this.#takes));
    const guess = (moved: boolean, noise: ProcessingNoise | null, more: Matrix | null): Guess => {
      const covariance = matrix(ENVELOPE);
      covariance.values.set(this.#within.values.map((value) => value * scale));
      if (noise) addNoise(covariance, noise);
      if (more) for (const [place, value] of more.values.entries()) add(covariance, place, value);
      return { inverse: inverted(shrunk(covariance)), moved };
    };
    const guesses = [
      guess(false, null, null),
      guess(false, FORMANTS_KEPT, null),
      guess(true, FORMANTS_MOVED, this.#unsure),
    ];
    this.#guesses.set(heard, guesses);
    return guesses;
  }

  /**
   * Root mean square of the deviations, each beside what is usual within a voice: 0 is the same, about 1 another take.
   *
   * @param target what was heard of the voice that is looked for
   */
  distance(target: VoiceStatistics, candidate: PlacedVoice): number {
    return this.distances(target, [candidate])[0] ?? Number.POSITIVE_INFINITY;
  }

  /** The distance of each candidate. */
  distances(target: VoiceStatistics, candidates: readonly PlacedVoice[]): number[] {
    const pitch = pitchQuantile(target, 0.5);
    const guesses = this.#guessesFor(target);
    const moves = new Map<string, Float64Array>();
    const movedBy = (semitones: number, carried: number) => {
      const step = Math.round(semitones * 8) / 8;
      const key = `${step} ${carried}`;
      const known = moves.get(key) ?? envelopeOf(target, step, carried);
      moves.set(key, known);
      return known;
    };
    const difference = new Float64Array(ENVELOPE);
    return candidates.map((candidate) => {
      let nearest = Number.POSITIVE_INFINITY;
      const carried = Math.min(target.carried, candidate.carried);
      const other = candidate.envelope(carried);
      for (const { inverse, moved } of guesses) {
        const by = pitch === null || candidate.pitch === null ? null : pitch - candidate.pitch;
        if (moved && (by === null || Math.abs(by) > MOST_MOVED)) continue;
        const own = movedBy(moved ? (by ?? 0) : 0, carried);
        for (let i = 0; i < ENVELOPE; i += 1) difference[i] = (own[i] as number) - (other[i] as number);
        nearest = Math.min(nearest, quadratic(inverse, difference));
      }
      return Math.sqrt(Math.max(0, nearest) / ENVELOPE);
    });
  }
}

/** A voice as others are compared with it. */
export function placedVoice({ takes }: HeardVoice): PlacedVoice {
  const all = mergedStatistics(takes);
  const envelopes = new Map<number, Float64Array>();
  return {
    carried: all.carried,
    pitch: pitchQuantile(all, 0.5),
    envelope(carried) {
      const known = envelopes.get(carried) ?? envelopeOf(all, 0, carried);
      envelopes.set(carried, known);
      return known;
    },
  };
}

function add({ values }: Matrix, place: number, value: number): void {
  values[place] = (values[place] as number) + value;
}

/** Adds the product of a list with itself, so many times. */
function addOuter(to: Matrix, list: Float64Array, times: number): void {
  for (let i = 0; i < to.size; i += 1) {
    const own = times * (list[i] as number);
    for (let j = 0; j < to.size; j += 1) add(to, i * to.size + j, own * (list[j] as number));
  }
}

/** Covariance of the sentences of a voice around its mean, over all voices. */
function withinVoices(voices: readonly HeardVoice[]): Matrix {
  const covariance = matrix(ENVELOPE);
  let free = 0;
  for (const { takes } of voices) free += Math.max(0, takes.length - 1);
  for (const { takes } of voices) {
    if (takes.length < 2) continue;
    const envelopes = takes.map((take) => envelopeOf(take));
    const mean = Float64Array.from(
      { length: ENVELOPE },
      (_, i) => envelopes.reduce((sum, envelope) => sum + (envelope[i] as number), 0) / envelopes.length,
    );
    for (const envelope of envelopes) {
      addOuter(
        covariance,
        envelope.map((value, i) => value - (mean[i] as number)),
        1 / free,
      );
    }
  }
  for (let i = 0; i < ENVELOPE; i += 1) {
    const place = i * ENVELOPE + i;
    covariance.values[place] =
      free === 0 ? USUAL_VARIANCE : Math.max(LEAST_VARIANCE, covariance.values[place] as number);
  }
  return covariance;
}

/** Variance of a number of an envelope within a voice, about: where no voice was heard twice. */
const USUAL_VARIANCE = 0.1;

/** What it does to the envelopes that it is not known exactly how far their formants were moved. */
function unsureMoves(voices: readonly HeardVoice[]): Matrix {
  const covariance = matrix(ENVELOPE);
  const all = voices.flatMap(({ takes }) => takes);
  for (const take of all) {
    for (const move of MEASURED_MOVES) {
      const high = envelopeOf(take, move + UNSURE_PITCH);
      const low = envelopeOf(take, move - UNSURE_PITCH);
      addOuter(
        covariance,
        high.map((value, i) => (value - (low[i] as number)) / 2),
        1 / (all.length * MEASURED_MOVES.length),
      );
    }
  }
  return covariance;
}

/** A covariance drawn towards its diagonal, so that it can be inverted (O. Ledoit, M. Wolf 2004). */
function shrunk(covariance: Matrix): Matrix {
  const { size, values } = covariance;
  const drawn = matrix(size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const own = values[i * size + j] as number;
      drawn.values[i * size + j] = i === j ? own : (1 - SHRINKAGE) * own;
    }
  }
  return drawn;
}
