// Measures what moving a voice's pitch does to its envelope beside what was meant, and writes it to
// shared/profile/processing-noise-values.ts. Run by hand: node bench/train-processing-noise.ts
import { writeFileSync } from 'node:fs';
import { ENVELOPE, envelopeOf } from '../shared/profile/envelope.ts';
import { changed, drawnChange, EnglishKokoro, type Sound, statisticsOfSound, VOICES } from './matching-speech.ts';

/** None of them is in a benchmark. */
const TEXTS = [
  'A heavy cart rolled slowly over the wooden bridge and stopped before the mill.',
  'If you have any further questions, please do not hesitate to write to us again.',
];
/** Every so many voices speak, each sentence is changed so often. */
const EVERY = 3;
const CHANGES = 6;
/** Directions that are kept of each noise; the rest counts as variances. */
const DIRECTIONS = 3;
/** Steps of the power iteration: the first directions stand far out. */
const ITERATIONS = 500;

type Rows = Float64Array[];

/** How the envelope of a changed sound differs from that of the sound itself, the change taken back as far as is known. */
async function deviation(sound: Sound, seed: number, formantsStay: boolean): Promise<Float64Array> {
  const change = { ...drawnChange(seed), formantsStay };
  const after = envelopeOf(statisticsOfSound(await changed(sound, change)), formantsStay ? 0 : change.pitch);
  const before = envelopeOf(statisticsOfSound(sound));
  return after.map((value, i) => value - (before[i] as number));
}

function covariance(rows: Rows): Rows {
  return Array.from({ length: ENVELOPE }, (_, i) =>
    Float64Array.from(
      { length: ENVELOPE },
      (_, j) => rows.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0) / rows.length,
    ),
  );
}

/** The direction along which a covariance is largest, times the standard deviation along it. */
function principal(of: Rows): Float64Array {
  let direction = Float64Array.from({ length: ENVELOPE }, (_, i) => 1 / (i + 1));
  let length = 0;
  for (let step = 0; step < ITERATIONS; step += 1) {
    const next = Float64Array.from(of, (row) =>
      row.reduce((sum, value, j) => sum + value * (direction[j] as number), 0),
    );
    length = Math.hypot(...next);
    direction = next.map((value) => value / length);
  }
  return direction.map((value) => value * Math.sqrt(length));
}

function noiseOf(rows: Rows): string {
  const left = covariance(rows);
  const directions = Array.from({ length: DIRECTIONS }, () => {
    const direction = principal(left);
    for (const [i, row] of left.entries()) {
      for (let j = 0; j < ENVELOPE; j += 1) {
        row[j] = (row[j] as number) - (direction[i] as number) * (direction[j] as number);
      }
    }
    return direction;
  });
  const list = (values: Iterable<number>) => `[${[...values].map((value) => Number(value.toFixed(4))).join(', ')}]`;
  const variances = list(left.map((row, i) => Math.max(0, row[i] as number)));
  return `{\n  variances: ${variances},\n  directions: [${directions.map(list).join(', ')}],\n}`;
}

const kokoro = new EnglishKokoro();
const kept: Rows = [];
const moved: Rows = [];
for (const [place, voice] of VOICES.filter((_, at) => at % EVERY === 0).entries()) {
  for (const [line, text] of TEXTS.entries()) {
    const sound = await kokoro.say(text, voice);
    for (let turn = 0; turn < CHANGES; turn += 1) {
      const seed = 1000 * place + 100 * line + turn;
      kept.push(await deviation(sound, seed, true));
      moved.push(await deviation(sound, seed + 50, false));
    }
  }
  console.log(voice);
}
await kokoro.close();
writeFileSync(
  new URL('../shared/profile/processing-noise-values.ts', import.meta.url),
  `import type { ProcessingNoise } from './processing-noise.ts';

// Written by bench/train-processing-noise.ts: ${VOICES.filter((_, at) => at % EVERY === 0).length} voices, ${kept.length} changes each.

/** The pitch was moved, the formants stayed. */
export const FORMANTS_KEPT: ProcessingNoise = ${noiseOf(kept)};

/** Both were moved alike. */
export const FORMANTS_MOVED: ProcessingNoise = ${noiseOf(moved)};
`,
);
