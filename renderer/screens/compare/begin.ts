import { MOST_SLOTS } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { readTake } from '../../stores/compare/compare-calls.ts';
import { createComparison } from '../../stores/compare/comparisons.ts';
import { contentOfTake, newComparison, type SlotContent, slotContent } from '../../stores/compare/slots.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { useTune } from '../../stores/tune.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { exampleFor } from '../tune/example-text.ts';

/** Takes that are looked at for a new comparison. */
const MOST_TAKES = 200;

/** Another voice that speaks the same language with the same model, if there is one: something to compare with. */
function neighbourOf(voiceId: string): string {
  const { voices } = useVoices.getState();
  const voice = voiceOf({ voices }, voiceId);
  const alike = voices.filter(
    ({ id, provider, model, languages, experimental }) =>
      id !== voiceId &&
      provider === voice?.provider &&
      model === voice.model &&
      languages[0] === voice.languages[0] &&
      !experimental,
  );
  return alike[0]?.id ?? voiceId;
}

/** Begins a comparison with what lies on the desk of Tune and a voice beside it. @throws FaultError */
export async function beginComparison(name = 'Comparison'): Promise<void> {
  const desk = useTune.getState();
  const { voiceId, text } = desk;
  const language = voiceOf(useVoices.getState(), voiceId)?.languages[0] ?? 'en';
  const other = { ...desk, voiceId: neighbourOf(voiceId), modelId: null };
  const spoken = text.trim() === '' ? exampleFor(language) : text;
  await createComparison(newComparison(name, [spoken], [slotContent(desk), slotContent(other)]));
}

/** Takes that become one slot: of one voice with the same settings, and of each text one. */
interface Group {
  key: string;
  takes: Map<string, Take>;
}

/** What takes have in common that become one slot; a recording that was brought in stands for itself. */
function keyOf(take: Take): string {
  return take.source === 'imported' ? take.id : JSON.stringify([take.voiceId, take.model, take.settings]);
}

/** Shares takes out among slots. A second take of the same text with the same settings is a slot of its own. */
export function slotGroups(takes: readonly Take[]): Group[] {
  const groups: Group[] = [];
  for (const take of takes) {
    const key = keyOf(take);
    const known = groups.find((group) => group.key === key && !group.takes.has(take.text));
    if (known) known.takes.set(take.text, take);
    else if (groups.length < MOST_SLOTS) groups.push({ key, takes: new Map([[take.text, take]]) });
  }
  return groups;
}

/**
 * Begins a comparison of takes that are there: each voice with its settings becomes a slot, each text one of the list. A
 * recording without a text is heard beside every text.
 *
 * @throws FaultError
 */
export async function compareTakes(ids: readonly string[]): Promise<void> {
  const groups = slotGroups(await Promise.all(ids.slice(0, MOST_TAKES).map(readTake)));
  const written = new Set(groups.flatMap(({ takes }) => [...takes.keys()]).filter((text) => text.trim() !== ''));
  const texts = written.size > 0 ? [...written] : [''];
  const contents: SlotContent[] = groups.flatMap(({ takes }) => [...takes.values()].slice(0, 1).map(contentOfTake));
  const draft = newComparison('Takes', texts, contents);
  const cells = groups.map(({ takes }, place) => {
    const silent = [...takes.values()].find(({ text }) => text.trim() === '');
    const own = draft.texts.flatMap(({ id, text }) => {
      const take = takes.get(text) ?? silent;
      return take ? [[id, take.id] as const] : [];
    });
    return [draft.slots[place]?.id ?? '', Object.fromEntries(own)] as const;
  });
  await createComparison({ ...draft, takes: Object.fromEntries(cells) });
  useNavigation.getState().go('compare');
}
