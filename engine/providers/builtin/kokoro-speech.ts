import type { PieceEnd } from '../../../shared/text/split.ts';
import { cutInTwo, type Piece, splitText, textWeight } from '../../../shared/text/split.ts';
import type { StoredBlend } from '../../library/library.ts';
import type { SpeechRequest } from '../provider.ts';
import type { PartTimings } from '../speech/join-timings.ts';
import type { EspeakEngine } from './espeak-engine.ts';
import { kokoroEmotion } from './kokoro-emotion.ts';
import type { KokoroEngine } from './kokoro-engine.ts';
import { loadVoice, mixRows, styleRow } from './kokoro-styles.ts';
import { KOKORO_LANGUAGES, type KokoroLanguage, toPhonemes } from './kokoro-text.ts';
import { hasSound, MAX_TOKENS, toTokens } from './kokoro-tokens.ts';
import { blendParts, languageOfVoice } from './kokoro-voices.ts';
import { kokoroTimings } from './kokoro-words.ts';
import { KOKORO_RATE, silence } from './speech-sound.ts';
import type { Turns } from './turns.ts';
import { unknownVoice } from './voice-ids.ts';

/**
 * Sizes of the pieces: the first is heard after a short clause; each next one may be so much longer that it is made
 * while the one before plays (a piece takes about 0.4 of its length to make on two cores); none is so long that a
 * cancelled one holds up the next text for long.
 */
const SIZES = { first: 34, most: 170, growth: 1.6 };

/**
 * Seconds between pieces at normal speed, by what ends the first of them. With what is kept of the silence around each
 * piece (0.09 s) they come to what the model itself leaves inside a piece: 0.3 to 0.4 s at a comma, 0.5 s at a full stop.
 */
const PAUSES: Readonly<Record<PieceEnd, number>> = { cut: 0, clause: 0.22, sentence: 0.42, paragraph: 0.65 };

export interface KokoroParts {
  kokoro: KokoroEngine;
  espeak: EspeakEngine;
  turns: Pick<Turns, 'run'>;
  blends: () => StoredBlend[];
}

/** The voice's rows with their weights, and the language it speaks. */
async function findVoice(name: string, blends: StoredBlend[]) {
  const blend = blends.find(({ id }) => id === `kokoro/${name}`);
  if (!blend && name.startsWith('blend-')) throw unknownVoice(`kokoro/${name}`);
  const parts = blend ? blendParts(blend) : [{ name, weight: 1 }];
  const voices = await Promise.all(
    parts.map(async (part) => ({ rows: await loadVoice(part.name), weight: part.weight })),
  );
  return {
    language: languageOfVoice(parts[0]?.name ?? name),
    row: (tokens: number) => mixRows(voices.map(({ rows, weight }) => ({ row: styleRow(rows, tokens), weight }))),
  };
}

/** The language to read in: the text's own where Kokoro has it, in the voice's accent where that is the same one. */
function readingLanguage(asked: string | null, own: KokoroLanguage): KokoroLanguage {
  const base = (tag: string) => tag.split('-')[0]?.toLowerCase();
  if (asked === null || base(asked) === base(own.tag)) return own;
  return KOKORO_LANGUAGES.find(({ tag }) => base(tag) === base(asked)) ?? own;
}

/** A text, and its tokens for one run of the model. */
export interface TokenRun {
  text: string;
  tokens: number[];
}

/** Tokens of a text in runs the model takes. */
export async function tokenRuns(text: string, phonemes: (text: string) => Promise<string>): Promise<TokenRun[]> {
  const tokens = toTokens(await phonemes(text));
  if (tokens.length <= MAX_TOKENS) return hasSound(tokens) ? [{ text, tokens }] : [];
  const [head, tail] = cutInTwo(text, textWeight(text) / 2);
  if (tail === '') return [{ text, tokens: tokens.slice(0, MAX_TOKENS) }];
  return [...(await tokenRuns(head, phonemes)), ...(await tokenRuns(tail, phonemes))];
}

/** Seconds of silence before a piece, after what came before it. */
function pauseBetween(before: Piece | undefined, speed: number): number {
  return before?.kind === 'speech' ? PAUSES[before.end] / speed : 0;
}

/**
 * Speaks a text with a Kokoro voice, piece by piece. Throws FaultErrors; ends without sound where there is nothing to say.
 *
 * @param told takes in when what was said is heard; whole once the sound has ended
 */
export async function* speakKokoro(
  parts: KokoroParts,
  name: string,
  request: SpeechRequest,
  signal: AbortSignal,
  told: PartTimings[],
): AsyncGenerator<Int16Array> {
  const voice = await findVoice(name, parts.blends());
  const language = readingLanguage(request.language, voice.language);
  const phonemes = (text: string) => toPhonemes(text, language, parts.espeak.phonemes);
  const emotion = await kokoroEmotion(request.emotion);
  const speed = request.speed * emotion.pace;
  let before: Piece | undefined;
  let samples = 0;
  const sounding = (piece: Int16Array) => {
    samples += piece.length;
    return piece;
  };
  // Found after the sound has gone out, which never waits for it.
  const finding: Promise<PartTimings>[] = [];
  for (const piece of splitText(request.text, SIZES)) {
    if (piece.kind === 'pause') {
      yield sounding(silence(piece.seconds, KOKORO_RATE));
      before = piece;
      continue;
    }
    for (const { text, tokens } of await tokenRuns(piece.text, phonemes)) {
      const row = voice.row(tokens.length);
      emotion.apply(row, tokens.length);
      const sound = await parts.turns.run(signal, () => parts.kokoro.say(tokens, row, speed));
      const pause = pauseBetween(before, speed);
      if (pause > 0) yield sounding(silence(pause, KOKORO_RATE));
      const offset = samples / KOKORO_RATE;
      yield sounding(sound.samples);
      finding.push(
        kokoroTimings({ text, tokens, sound }, language.tag, phonemes).then((timings) => ({ timings, offset })),
      );
      before = { kind: 'speech', text: '', end: 'cut' };
    }
    if (before?.kind === 'speech') before = piece;
  }
  told.push(...(await Promise.all(finding)));
}
