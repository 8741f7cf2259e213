import { countCharacters } from '../../../shared/text/sanitise.ts';
import { HttpFault } from '../http/http-fault.ts';
import type { HistoryItem, HistoryPage } from './answers.ts';
import { type ElevenLabsClient, SPEECH_SOURCE } from './client.ts';
import { lacksPermission } from './lists.ts';

/** Items of a page. There may be up to 1000, but each may come with the timings of all its characters. */
export const MOST_ITEMS = 250;
/** Pages that are read. */
const MOST_PAGES = 20;

/** A page of the history. */
export interface HistoryPart {
  items: HistoryItem[];
  /** Whether there are older ones. */
  more: boolean;
}

/**
 * What the account has generated, the newest first, page by page, up to {@link MOST_PAGES}.
 *
 * @param asked ElevenLabs' own id of a voice, or null for all; items of a page
 * @throws FaultError unauthorised, with what to do, where the key may not read it
 */
export async function* historyParts(
  client: ElevenLabsClient,
  { voice, size }: { voice: string | null; size: number },
  signal: AbortSignal,
): AsyncGenerator<HistoryPart> {
  const read = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { history, has_more, last_history_item_id }: HistoryPage = await told(
      client.history({ voice, after, size }, signal),
    );
    const last: string | null = last_history_item_id ?? history.at(-1)?.history_item_id ?? null;
    // A page that leads back would be read for ever.
    if (last !== null && read.has(last)) return;
    yield { items: history, more: has_more };
    if (!has_more || last === null) return;
    read.add(last);
    after = last;
  }
}

/** What was asked for, or what its refusal means here: a key may be good for speech and not for the history. */
export async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    if (!(thrown instanceof HttpFault) || !lacksPermission(thrown)) throw thrown;
    const { fault, status, retryAfterMs, serverCode } = thrown;
    throw new HttpFault(
      {
        ...fault,
        message: 'The key is not allowed to read what this ElevenLabs account has generated.',
        kept: 'Nothing was spoken, and nothing is billed.',
        todo: 'Give the key read access to the history (speech_history_read) at elevenlabs.io, or let the voice speak something new.',
      },
      status,
      retryAfterMs,
      serverCode,
    );
  }
}

/** What one voice said. */
export interface PastLine {
  /** ElevenLabs' own id. */
  voice: string;
  name: string | null;
  text: string;
}

/** The lines of an item: one, or several of a dialogue; none where it is not told who spoke. */
export function linesOf({ voice_id: voice, voice_name: name, text, dialogue }: HistoryItem): PastLine[] {
  // Those of a dialogue stand empty.
  if (voice) return [{ voice, name, text: text ?? '' }];
  return (dialogue ?? []).map((line) => ({ voice: line.voice_id, name: line.voice_name, text: line.text }));
}

/** When it was generated, in ms since the epoch; null where that is not told. */
export const timeOf = ({ date_unix }: HistoryItem): number | null => (date_unix === null ? null : date_unix * 1000);

/** Settings it was generated with, as far as they are told. */
export function settingsOf({ settings }: HistoryItem): Record<string, number | boolean> {
  const all = Object.entries(settings ?? {});
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** Whether it was asked for through the API for speech, as far as that is told. */
export const isSpeech = ({ source }: HistoryItem): boolean => source === null || source === SPEECH_SOURCE;

export const charactersOf = ({ text }: PastLine): number => countCharacters(text);
