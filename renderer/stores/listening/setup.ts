import type { Comparison, ComparisonText, Slot } from '../../../shared/schemas/comparison.ts';
import {
  type ListeningMethod,
  ListeningTestInput,
  MOST_TRIALS,
  trialsEach,
} from '../../../shared/schemas/listening.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { type Cell, takeIdOf } from '../compare/cell.ts';

/** A listener who is asked, here or by a file. */
export interface PlannedListener {
  id: string;
  name: string;
  away: boolean;
}

/** A test as it is being set up. */
export interface SetupDraft {
  name: string;
  method: ListeningMethod;
  slotIds: readonly string[];
  textIds: readonly string[];
  /** Of each listener, for ABX. */
  trials: number;
  /** How often each text is heard, for preference. */
  rounds: number;
  showText: boolean;
  equalLoudness: boolean;
  listeners: readonly PlannedListener[];
  /** The approved recording of each text, by its id. */
  references: Readonly<Record<string, string>>;
}

export const METHODS: Record<ListeningMethod, { name: string; asks: string; least: number; most: number }> = {
  preference: { name: 'Preference', asks: 'Which of two is better, or neither?', least: 2, most: 2 },
  abx: { name: 'ABX', asks: 'Can anyone hear the difference between two?', least: 2, most: 2 },
  rating: { name: 'Rating', asks: 'How good is each, from 0 to 100? (ITU-R BS.2132)', least: 2, most: 8 },
  mushra: {
    name: 'Rating with a reference',
    asks: 'How close is each to an approved recording? With a hidden reference and an anchor. (ITU-R BS.1534)',
    least: 1,
    most: 8,
  },
};

/** Trials of ABX and least trials of a preference test that a plan begins with. */
const FIRST_TRIALS = 16;

export function newListener(name = '', away = false): PlannedListener {
  return { id: crypto.randomUUID(), name, away };
}

const spoken = ({ texts }: Comparison) => texts.filter(({ text }) => text.trim() !== '');

/** What is planned at first: all texts, as many slots as the method takes. */
export function firstDraft(comparison: Comparison, method: ListeningMethod): SetupDraft {
  const texts = spoken(comparison);
  const rounds = Math.max(1, Math.ceil(FIRST_TRIALS / Math.max(1, texts.length)));
  return {
    name: `${comparison.name}: ${METHODS[method].name.toLowerCase().replace('abx', 'ABX')}`.slice(0, 120),
    method,
    slotIds: comparison.slots.slice(0, METHODS[method].most).map(({ id }) => id),
    textIds: texts.map(({ id }) => id),
    trials: FIRST_TRIALS,
    // Each of the two is then first as often as second.
    rounds: rounds + (rounds % 2),
    showText: true,
    equalLoudness: true,
    listeners: [newListener()],
    references: {},
  };
}

/** The same plan by another method. */
export function withMethod(draft: SetupDraft, comparison: Comparison, method: ListeningMethod): SetupDraft {
  const fresh = firstDraft(comparison, method);
  const named = draft.name === firstDraft(comparison, draft.method).name;
  const { least, most } = METHODS[method];
  const fits = draft.slotIds.length >= least && draft.slotIds.length <= most;
  const all = method === 'rating' || method === 'mushra';
  return {
    ...draft,
    method,
    name: named ? fresh.name : draft.name,
    slotIds: fits && !all ? draft.slotIds : fresh.slotIds,
  };
}

/** The slots of a plan in their order. */
export function slotsOf(comparison: Comparison, { slotIds }: SetupDraft): Slot[] {
  return comparison.slots.filter(({ id }) => slotIds.includes(id));
}

/** The texts of a plan in their order. */
export function textsOf(comparison: Comparison, { textIds }: SetupDraft): ComparisonText[] {
  return spoken(comparison).filter(({ id }) => textIds.includes(id));
}

/** Trials, or pages, that one listener is asked for. */
export function plannedTrials(comparison: Comparison, draft: SetupDraft): number {
  return trialsEach({ ...draft, texts: textsOf(comparison, draft).length });
}

/** Whether a take can be heard in a test. */
export function isHearable(take: Take | null | undefined): boolean {
  return take?.state === 'done' && take.samples > 0;
}

/** Slots and texts of a plan that have no take which could be heard. */
export function missingTakes(
  comparison: Comparison,
  draft: SetupDraft,
  takes: ReadonlyMap<string, Take | null>,
): Cell[] {
  return textsOf(comparison, draft).flatMap((text) =>
    slotsOf(comparison, draft).flatMap((slot) => {
      const cell = { slotId: slot.id, textId: text.id };
      return isHearable(takes.get(takeIdOf(comparison, cell) ?? '')) ? [] : [cell];
    }),
  );
}

/** Names as they are used: one that was left empty is “Listener 2”. */
export function listenerNames({ listeners }: SetupDraft): string[] {
  return listeners.map(({ name }, index) => name.trim() || `Listener ${index + 1}`);
}

/** What a plan lacks, in words; empty where the test can be made. Takes that are missing are told elsewhere. */
export function problemsOf(comparison: Comparison, draft: SetupDraft): string[] {
  const { least, most } = METHODS[draft.method];
  const slots = slotsOf(comparison, draft).length;
  const texts = textsOf(comparison, draft);
  const trials = plannedTrials(comparison, draft);
  const names = listenerNames(draft).map((name) => name.normalize('NFC').toLocaleLowerCase('en'));
  const bare = texts.filter(({ id }) => draft.references[id] === undefined);
  return [
    ...(draft.name.trim() === '' ? ['The test needs a name.'] : []),
    ...(slots < least || slots > most
      ? [least === most ? `Choose ${least} slots.` : `Choose ${least} to ${most} slots.`]
      : []),
    ...(texts.length === 0 ? ['Choose at least one text.'] : []),
    ...(draft.method === 'mushra' && bare.length > 0
      ? [`Choose the approved recording of ${bare.length === 1 ? 'one more text' : `${bare.length} more texts`}.`]
      : []),
    ...(trials > MOST_TRIALS ? [`A listener hears at most ${MOST_TRIALS} trials; these would be ${trials}.`] : []),
    ...(new Set(names).size < names.length ? ['Two listeners have the same name.'] : []),
  ];
}

/** The test that a plan asks for. @throws ZodError where {@link problemsOf} names something, or a take is missing */
export function testInput(comparison: Comparison, draft: SetupDraft): ListeningTestInput {
  const slots = slotsOf(comparison, draft);
  return ListeningTestInput.parse({
    projectId: comparison.projectId,
    comparisonId: comparison.id,
    name: draft.name,
    method: draft.method,
    slots,
    texts: textsOf(comparison, draft).map((text) => ({
      text: text.text,
      takes: slots.flatMap((slot) => takeIdOf(comparison, { slotId: slot.id, textId: text.id }) ?? []),
      reference: draft.method === 'mushra' ? (draft.references[text.id] ?? null) : null,
    })),
    trials: draft.trials,
    rounds: draft.rounds,
    listeners: draft.listeners.length,
    showText: draft.showText,
    equalLoudness: draft.equalLoudness,
  });
}
