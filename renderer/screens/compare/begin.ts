import type { Take } from '../../../shared/schemas/take.ts';
import { createComparison } from '../../stores/compare/comparisons.ts';
import { contentOfTake, newComparison, type SlotContent, slotContent } from '../../stores/compare/slots.ts';
import { useTune } from '../../stores/tune.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { exampleFor } from '../tune/example-text.ts';

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
  await createComparison(newComparison(name, spoken, [slotContent(desk), slotContent(other)]));
}

/** Most slots that are begun with. */
const MOST = 8;

/** Begins a comparison of takes: each becomes a slot with its settings, and the first text is what they speak. */
export async function compareTakes(takes: readonly Take[]): Promise<void> {
  const chosen = takes.slice(0, MOST);
  const [first] = chosen;
  if (first === undefined) return;
  const contents: SlotContent[] = chosen.map(contentOfTake);
  const draft = newComparison('Takes', first.text, contents);
  const [text] = draft.texts;
  const own = chosen.flatMap((take, place) => {
    const slot = draft.slots[place];
    return slot && text && take.text === first.text ? [[slot.id, { [text.id]: take.id }] as const] : [];
  });
  await createComparison({ ...draft, takes: Object.fromEntries(own) });
}
