import { sameJson } from '../canonical.ts';
import type { Settings, StudioSettings } from '../controls/controls.ts';
import { previewStudio } from '../controls/plan-controls.ts';
import type { MappedVoice, MappingRow } from '../schemas/mapping.ts';
import type { Take } from '../schemas/take.ts';

/** One of the two voices of a row. */
export type Side = 'old' | 'new';

/** Takes of the old voice that are looked at. */
const MOST_OLD = 40;

/** Something that is said, and who of the two is heard saying it. */
export interface PairLine {
  /** Empty where nobody wrote down what is said. */
  text: string;
  old: Take | null;
  new: Take | null;
}

const plainText = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** What of settings only a new render can change; the studio does the rest on whatever plays. */
function rendered({ emotion, seed, parameters }: Settings) {
  return { emotion: emotion.name === 'neutral' ? null : emotion, seed, parameters };
}

/**
 * Whether a take is what a choice says, but for speed, pitch and volume: these are heard on it as they are set. A seed counts
 * only where one is chosen.
 */
export function saysChoice(take: Take, choice: MappedVoice): boolean {
  const seed = choice.settings.seed ?? take.settings.seed;
  return (
    take.samples > 0 &&
    take.voiceId === choice.voiceId &&
    (choice.modelId === null || take.model === choice.modelId) &&
    sameJson(rendered(take.settings), rendered({ ...choice.settings, seed }))
  );
}

/** Takes that the two voices of a row may be heard in. */
export function pairTakeIds(row: Pick<MappingRow, 'source' | 'proposal' | 'choice'>): { old: string[]; new: string[] } {
  const { source, proposal, choice } = row;
  const old = [...new Set([...(proposal?.takeIds ?? []), ...source.recordings])].slice(0, MOST_OLD);
  const own = proposal?.candidates.filter(({ voiceId }) => voiceId === choice?.voiceId) ?? [];
  return { old, new: [...new Set(own.flatMap(({ takeIds }) => takeIds))] };
}

/**
 * What the two voices of a row are heard saying: first what both say, then what one of them does.
 *
 * @param takes takes that are known, by id
 * @param more takes of the new voice that were rendered since
 */
export function pairLines(
  row: Pick<MappingRow, 'source' | 'proposal' | 'choice'>,
  takes: ReadonlyMap<string, Take | null>,
  more: readonly Take[] = [],
): PairLine[] {
  const { choice } = row;
  const ids = pairTakeIds(row);
  const known = (id: string) => takes.get(id) ?? [];
  const old = ids.old.flatMap(known).filter(({ samples }) => samples > 0);
  const own = choice === null ? [] : [...more, ...ids.new.flatMap(known)].filter((take) => saysChoice(take, choice));
  const byText = new Map<string, Take>();
  for (const take of own) if (!byText.has(plainText(take.text))) byText.set(plainText(take.text), take);
  const lines = new Map<string, PairLine>();
  for (const take of old) {
    const text = plainText(take.text);
    // Recordings without a text are each a line of their own.
    const key = text === '' ? take.id : text;
    if (!lines.has(key)) lines.set(key, { text, old: take, new: text === '' ? null : (byText.get(text) ?? null) });
  }
  for (const [text, take] of byText) if (!lines.has(text)) lines.set(text, { text, old: null, new: take });
  const all = [...lines.values()];
  return [...all.filter((line) => line.old && line.new), ...all.filter((line) => !line.old || !line.new)];
}

/** Whether both say the same text, so that a flip can land on the same word. */
export const saysSame = (line: PairLine): boolean => line.text !== '' && line.old !== null && line.new !== null;

/** What the studio does to a take so that it is heard as it stands in the row: the new voice as it is set now. */
export function studioOf(row: Pick<MappingRow, 'choice'>, side: Side, take: Take): StudioSettings {
  if (side === 'old' || row.choice === null || take.source === 'imported') return take.studio;
  return previewStudio(row.choice.settings, take.sent);
}

/**
 * In what the two voices of a row are told apart: the first text that both say, or else the first take of each.
 *
 * @param lines as {@link pairLines} orders them
 */
export function firstPair(lines: readonly PairLine[]): Record<Side, Take | null> & { same: boolean } {
  const [first] = lines;
  if (first && saysSame(first)) return { old: first.old, new: first.new, same: true };
  const of = (side: Side) => lines.find((line) => line[side] !== null)?.[side] ?? null;
  return { old: of('old'), new: of('new'), same: false };
}
