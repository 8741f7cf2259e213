import type { PastSpeech, UsedVoice, UsedVoices } from '../../../shared/schemas/past-speech.ts';
import type { HistoryItem } from './answers.ts';
import type { ElevenLabsClient } from './client.ts';
import { charactersOf, historyParts, isSpeech, linesOf, MOST_ITEMS, settingsOf, timeOf } from './history.ts';

/** Whose history is read. */
export interface PastSpeechParts {
  client: ElevenLabsClient;
  /** The provider's id, which is the prefix of its voices. */
  provider: string;
}

/** What an item says where one voice alone is heard in it; null where its sound is gone, not there yet, or of several. */
function pastSpeechOf(item: HistoryItem, provider: string): PastSpeech | null {
  const lines = linesOf(item);
  const [first] = lines;
  const there = item.state === null || item.state === 'created';
  if (!first || !there || !isSpeech(item) || lines.some(({ voice }) => voice !== first.voice)) return null;
  const text = lines
    .map((line) => line.text.trim())
    .filter((words) => words !== '')
    .join(' ');
  if (text === '') return null;
  return {
    id: item.history_item_id,
    voiceId: `${provider}:${first.voice}`,
    modelId: item.model_id,
    text,
    characters: charactersOf({ ...first, text }),
    settings: settingsOf(item),
    at: timeOf(item),
  };
}

/**
 * What an account has spoken with a voice, the newest first: only what can be heard still, and has one voice in it.
 *
 * @param voice ElevenLabs' own id
 * @param most how many at most
 * @throws FaultError
 */
export async function pastSpeech(
  { client, provider }: PastSpeechParts,
  voice: string,
  most: number,
  signal: AbortSignal,
): Promise<PastSpeech[]> {
  const found: PastSpeech[] = [];
  if (most <= 0) return found;
  const voiceId = `${provider}:${voice}`;
  for await (const { items } of historyParts(client, { voice, size: Math.min(most, MOST_ITEMS) }, signal)) {
    for (const item of items) {
      const past = pastSpeechOf(item, provider);
      if (past?.voiceId === voiceId) found.push(past);
    }
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}

/** Counts the voices of an account's history, over the newest few thousand items. @throws FaultError */
export async function usedVoices({ client, provider }: PastSpeechParts, signal: AbortSignal): Promise<UsedVoices> {
  const voices = new Map<string, UsedVoice>();
  let [counted, whole] = [0, true];
  let since: number | null = null;
  for await (const { items, more } of historyParts(client, { voice: null, size: MOST_ITEMS }, signal)) {
    whole = !more;
    for (const item of items) {
      if (!isSpeech(item)) continue;
      const at = timeOf(item);
      if (at !== null) since = Math.min(since ?? at, at);
      for (const line of linesOf(item)) {
        counted += 1;
        const voiceId = `${provider}:${line.voice}`;
        // The first one that is met is the newest.
        const used = voices.get(voiceId) ?? {
          voiceId,
          name: line.name,
          lines: 0,
          characters: 0,
          lastAt: at,
          modelId: item.model_id,
          settings: settingsOf(item),
        };
        used.lines += 1;
        used.characters += charactersOf(line);
        voices.set(voiceId, used);
      }
    }
  }
  return { voices: [...voices.values()].sort((a, b) => b.lines - a.lines), counted, whole, since };
}
