import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import type { CharacterTimings } from '../../shared/schemas/take.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import { sanitiseText } from '../../shared/text/sanitise.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Provider } from '../providers/provider.ts';
import { joinTimings } from '../providers/speech/join-timings.ts';
import { adaptTags } from '../providers/speech/paralinguistic-tags.ts';
import { detectLanguage, languageFamily, languageName } from '../text/language.ts';

/** Seconds of silence around a reading, so that silence around a take is not taken for its words. */
const AROUND = 0.25;

/** Who reads texts: the built-in voices, which need no network. */
export type Reader = Pick<Provider, 'voices' | 'stream'>;

/** A text read aloud. */
export interface Reading {
  /** s16, one channel. */
  samples: Int16Array;
  sampleRate: number;
  /** From the first sample. */
  timings: CharacterTimings;
}

/** A voice of the model whose timings are exact, in that language or a near one. */
function readerOf(voices: readonly Voice[], language: string): Voice | undefined {
  const readers = voices.filter(({ model }) => model === 'espeak');
  const speaks = (voice: Voice) => voice.languages.some((tag) => tag.toLowerCase() === language.toLowerCase());
  const near = ({ languages: [own = ''] }: Voice) => languageFamily(own) === languageFamily(language);
  return readers.find(speaks) ?? readers.find(near);
}

/**
 * Reads a text with eSpeak, which says exactly when each word begins.
 *
 * @param language BCP 47 tag; null where it is to be found out
 * @throws FaultError not_found where nobody can read that language, and what the provider says
 */
export async function readAloud(
  provider: Reader,
  text: string,
  language: string | null,
  signal: AbortSignal,
): Promise<Reading> {
  const { text: spoken } = adaptTags(sanitiseText(text).text, 'none');
  const tag = language ?? detectLanguage(spoken)?.tag ?? 'en';
  const voice = readerOf(await provider.voices(signal), tag);
  if (!voice) {
    const message = `When the words of this take are heard is not known: nobody here reads ${languageName(tag)}.`;
    throw fault('not_found', message, { kept: 'The take is untouched.' });
  }
  const { speed, pitch, volume, emotion, seed, parameters } = NEUTRAL_SETTINGS;
  const controls = { speed, pitch, volume, emotion, seed, parameters };
  const request = { text: spoken, voice: voiceIdParts(voice.id).local, model: voice.model, language: tag, ...controls };
  const stream = await provider.stream(request, signal);
  const pieces: Int16Array[] = [];
  for await (const piece of stream.chunks) pieces.push(piece);
  const timings = joinTimings([{ timings: stream.timings?.() ?? null, offset: AROUND }]);
  if (!timings) throw fault('internal', 'The reading of the text told no timings.');
  return { ...padded(pieces, stream.sampleRate), timings };
}

function padded(pieces: readonly Int16Array[], sampleRate: number): { samples: Int16Array; sampleRate: number } {
  const around = Math.round(AROUND * sampleRate);
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 2 * around));
  let at = around;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, sampleRate };
}
