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

/**
 * Begins a comparison of takes that are there: each voice with its settings becomes a slot, each text one of the list. A
 * recording that was brought in is a slot of its own.
 *
 * @returns how many takes found a place
 * @throws FaultError
 */
export async function compareTakes(ids: readonly string[]): Promise<number> {
  const takes = await Promise.all(ids.slice(0, MOST_TAKES).map(readTake));
  const key = (take: Take) =>
    take.source === 'imported' ? take.id : JSON.stringify([take.voiceId, take.model, take.settings]);
  const groups = [...Map.groupBy(takes, key).values()].slice(0, MOST_SLOTS);
  const contents: SlotContent[] = groups.flatMap(([first]) => (first ? contentOfTake(first) : []));
  const texts = [...new Set(groups.flat().map(({ text }) => text))];
  const draft = newComparison('Takes', texts, contents);
  const cells = groups.map((group, place) => {
    const own = group.map((take) => [draft.texts[texts.indexOf(take.text)]?.id ?? '', take.id] as const);
    return [draft.slots[place]?.id ?? '', Object.fromEntries(own)] as const;
  });
  await createComparison({ ...draft, takes: Object.fromEntries(cells) });
  useNavigation.getState().go('compare');
  return groups.flat().length;
}
