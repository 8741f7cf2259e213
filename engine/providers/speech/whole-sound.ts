import { fault } from '../../../shared/errors.ts';
import { estimateSeconds } from '../../../shared/text/estimate.ts';
import { adaptTags } from './paralinguistic-tags.ts';

/**
 * Part of the length a text should have below which its sound cannot be whole. Fast voices come to 0.5 of the estimate;
 * servers that fail in the midst of a text end their answer as if all were well, so this is how it is found out.
 */
const LEAST_PART = 0.4;
/**
 * The same for scripts whose characters are said faster than the estimate has it. Measured with eSpeak NG at 300 words a
 * minute: kana 0.36 of the estimate, Han 0.45, all others 0.5 and more.
 */
const FAST_SCRIPTS = [
  { characters: /[\p{sc=Hiragana}\p{sc=Katakana}]/gu, part: 0.25 },
  { characters: /\p{sc=Han}/gu, part: 0.35 },
] as const;
/** Seconds of estimate below which the length says nothing: “Yes.” is said in a third of a second or in one. */
const LEAST_ESTIMATE = 3;

/**
 * Times the estimate after which a sound is of no text any more, and never before {@link LEAST_END} s: a model that lost
 * its way, or a server that would fill the disk. The slowest speech that was measured comes to 3 times.
 */
const MOST_PARTS = 12;
const LEAST_END = 120;

const countOf = (text: string, characters: RegExp) => text.match(characters)?.length ?? 0;

/** What of a text is surely spoken: letters and numbers, no tags, no markup, no smileys. */
function spokenOf(text: string): string {
  return adaptTags(text.replace(/<[^<>]*>/gu, ' '), 'none').text.replace(/[^\p{L}\p{M}\p{N}\s.!?。！？]/gu, ' ');
}

/** The part of the estimate that a text takes at least, by the scripts it is written in. */
function leastPart(text: string): number {
  const letters = countOf(text, /\p{L}/gu);
  if (letters === 0) return LEAST_PART;
  return FAST_SCRIPTS.reduce(
    (least, { characters, part }) => least - (LEAST_PART - part) * (countOf(text, characters) / letters),
    LEAST_PART,
  );
}

/** What a sound is measured by. */
export interface Expected {
  /** Who speaks, for messages. */
  server: string;
  text: string;
  /** BCP 47 tag, or null. */
  language: string | null;
  /** Times normal that the server was asked for. */
  speed: number;
}

/**
 * Whether a sound can be the whole of its text. @throws FaultError cut_short where it is far too short for it
 *
 * @param seconds of sound that came
 */
function checkWhole(seconds: number, { server, text, language, speed }: Expected): void {
  const spoken = spokenOf(text);
  const expected = estimateSeconds(spoken, language, speed);
  if (expected < LEAST_ESTIMATE || seconds >= leastPart(spoken) * expected) return;
  throw fault('cut_short', `${server} ended after ${seconds.toFixed(1)} s of about ${expected.toFixed(0)} s.`, {
    kept: 'The sound that had come is kept.',
    todo: 'Try again; if it goes on, split the text into several takes.',
  });
}

/** Seconds after which the sound of a text is not read on. */
function mostSeconds({ text, language, speed }: Expected): number {
  return Math.max(LEAST_END, MOST_PARTS * estimateSeconds(text, language, speed));
}

function endless(seconds: number, server: string) {
  return fault('bad_audio', `${server} goes on after ${seconds.toFixed(0)} s, far longer than the text can be.`, {
    kept: 'The sound that had come is kept.',
    todo: 'Listen to it; try again, or split the text into several takes.',
  });
}

/**
 * Passes sound on. Fails at its end where it cannot be whole, and before its end where it goes on without one.
 *
 * @param sampleRate Hz
 */
export async function* wholeSound(
  chunks: AsyncIterable<Int16Array>,
  sampleRate: number,
  expected: Expected,
): AsyncGenerator<Int16Array> {
  const most = mostSeconds(expected);
  let samples = 0;
  for await (const chunk of chunks) {
    samples += chunk.length;
    yield chunk;
    if (samples > most * sampleRate) throw endless(most, expected.server);
  }
  checkWhole(samples / sampleRate, expected);
}
