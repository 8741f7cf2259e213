import type { Settings } from '../controls/controls.ts';
import type { ComparisonText, Slot } from '../schemas/comparison.ts';
import type { Take } from '../schemas/take.ts';

/** Parameters in whatever order they were set. */
function plain({ parameters, emotion, ...rest }: Settings): string {
  const felt = emotion.name === 'neutral' ? 'neutral' : emotion;
  return JSON.stringify([rest, felt, Object.entries(parameters).toSorted()]);
}

/**
 * Whether a take is what a slot says of a text as both stand now. One that was brought in always is.
 *
 * @param modelId the slot's model; null where it has none of its own and that of its voice is not known
 */
export function saysSlot(take: Take, slot: Slot, { text }: Pick<ComparisonText, 'text'>, modelId: string | null) {
  if (take.source === 'imported') return true;
  return (
    take.text === text &&
    take.voiceId === slot.voiceId &&
    take.model === (modelId ?? take.model) &&
    plain(take.settings) === plain(slot.settings)
  );
}
