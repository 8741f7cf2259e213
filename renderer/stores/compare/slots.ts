import { create } from 'zustand';
import { type Comparison, MOST_SLOTS, type Slot } from '../../../shared/schemas/comparison.ts';
import type { Preset } from '../../../shared/schemas/preset.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { createDesk, type Desk } from '../desk.ts';
import { useVoices, voiceOf } from '../voices.ts';
import { changeComparison, useComparisons } from './comparisons.ts';

/** What a slot speaks with, without its id. */
export type SlotContent = Omit<Slot, 'id'>;

interface CompareView {
  /** The slot whose voice and controls are open; null while none are. */
  editing: string | null;
  /** The text that is heard; null for the first one. */
  textId: string | null;
}

/** What of a comparison is in view. */
export const useCompareView = create<CompareView>()(() => ({ editing: null, textId: null }));

/** Most characters of a slot’s name and of its voice’s, as they are kept. */
const LONGEST_NAME = 120;
const LONGEST_VOICE_NAME = 200;

/** A slot with what lies on a desk, a take or a preset. */
export function slotContent(
  { voiceId, modelId, settings }: Omit<Desk, 'text'>,
  { name = '', voiceName }: { name?: string; voiceName?: string } = {},
): SlotContent {
  const known = voiceName ?? voiceOf(useVoices.getState(), voiceId)?.name ?? '';
  return {
    name: name.slice(0, LONGEST_NAME),
    voiceId,
    voiceName: known.slice(0, LONGEST_VOICE_NAME),
    modelId: modelId ?? null,
    settings,
  };
}

export const contentOfTake = ({ voiceId, voiceName, model, settings, name }: Take): SlotContent =>
  slotContent({ voiceId, modelId: model === '' ? null : model, settings }, { name, voiceName });

export const contentOfPreset = ({ voiceId, voiceName, modelId, settings, name }: Preset): SlotContent =>
  slotContent({ voiceId, modelId: modelId ?? null, settings }, { name, voiceName });

function slots(): Slot[] {
  return useComparisons.getState().current?.slots ?? [];
}

/** Adds a slot after the others, or after one of them. @returns its id; null where there is no room */
export function addSlot(content: SlotContent, after: string | null = null): string | null {
  const before = slots();
  if (before.length >= MOST_SLOTS) return null;
  const id = crypto.randomUUID();
  const place = after === null ? before.length : before.findIndex((slot) => slot.id === after) + 1;
  changeComparison({ slots: before.toSpliced(place, 0, { ...content, id }) });
  return id;
}

/** A slot like another one, right after it. */
export function duplicateSlot(id: string): string | null {
  const slot = slots().find((one) => one.id === id);
  return slot === undefined ? null : addSlot(slot, id);
}

/** Removes a slot. @returns what brings it back to its place; its takes are where they were */
export function removeSlot(id: string): () => void {
  const { current } = useComparisons.getState();
  const place = current?.slots.findIndex((slot) => slot.id === id) ?? -1;
  const slot = current?.slots[place];
  if (!current || slot === undefined) return () => undefined;
  changeComparison({ slots: current.slots.toSpliced(place, 1) });
  if (useCompareView.getState().editing === id) useCompareView.setState({ editing: null });
  return () => {
    const now = useComparisons.getState().current;
    if (now?.id !== current.id || now.slots.length >= MOST_SLOTS) return;
    changeComparison({ slots: now.slots.toSpliced(place, 0, slot) });
  };
}

/** Moves a slot to another place, and with it its letter. */
export function moveSlot(id: string, place: number): void {
  const before = slots();
  const from = before.findIndex((slot) => slot.id === id);
  const slot = before[from];
  if (slot === undefined || place === from || place < 0 || place >= before.length) return;
  changeComparison({ slots: before.toSpliced(from, 1).toSpliced(place, 0, slot) });
}

/** Puts other voice, model and settings into a slot. */
export function changeSlot(id: string, change: Partial<SlotContent>): void {
  changeComparison({ slots: slots().map((slot) => (slot.id === id ? { ...slot, ...change } : slot)) });
}

/** The desk of the slot that is being edited: what is changed on it is changed in the slot. */
export const useSlotDesk = createDesk(({ voiceId, modelId, settings }) => {
  const { editing } = useCompareView.getState();
  if (editing === null) return;
  const voice = voiceOf(useVoices.getState(), voiceId);
  changeSlot(editing, { voiceId, voiceName: voice?.name ?? '', modelId: modelId ?? null, settings });
});

/** Opens voice and controls of a slot, or closes them. */
export function editSlot(id: string | null): void {
  const slot = slots().find((one) => one.id === id);
  if (slot) useSlotDesk.getState().show({ ...slot, text: '' });
  useCompareView.setState({ editing: slot?.id ?? null });
}

/** The text that is heard. */
export function currentText(comparison: Comparison | null, textId: string | null) {
  return comparison?.texts.find(({ id }) => id === textId) ?? comparison?.texts[0] ?? null;
}

/** A comparison as it is begun. */
export function newComparison(name: string, texts: readonly string[], contents: readonly SlotContent[]) {
  return {
    name,
    texts: texts.map((text) => ({ id: crypto.randomUUID(), text })),
    slots: contents.map((content) => ({ ...content, id: crypto.randomUUID() })),
    takes: {},
    switching: 'word' as const,
    equalLoudness: true,
    decisions: [],
  };
}
