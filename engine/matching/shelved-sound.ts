import type { Take } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';
import type { SpeechStream } from '../providers/provider.ts';
import { detectLanguage } from '../text/language.ts';

/** Longest name of a take. */
const MOST_NAME = 200;

/** A recording that somebody else keeps. */
export interface ShelvedSound {
  /** By which it is found again. */
  name: string;
  /** What is said in it; empty where that is not known. */
  text: string;
  /** Fetches it; nothing where there is none. */
  fetch(): Promise<SpeechStream | null> | undefined;
}

/**
 * A recording as a take on the shelf: the one that was fetched before, or a new one.
 *
 * @returns null where there is no sound
 * @throws FaultError what fetching and storing it throw
 */
export async function shelvedSound(library: Library, { name: given, text, fetch }: ShelvedSound): Promise<Take | null> {
  const projectId = library.shelf();
  const name = given.slice(0, MOST_NAME);
  const { takes } = library.takes({ projectId, search: name, sort: 'newest', offset: 0, limit: 20 });
  const known = takes.find((take) => take.name === name && take.state === 'done');
  if (known) return known;
  const stream = await fetch();
  if (!stream) return null;
  const pieces: Int16Array[] = [];
  for await (const piece of stream.chunks) pieces.push(piece);
  const samples = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  if (samples.length === 0) return null;
  const found = detectLanguage(text);
  const language = found?.sure ? found.tag : null;
  return library.importTake({ projectId, name, text, language, samples, sampleRate: stream.sampleRate });
}
