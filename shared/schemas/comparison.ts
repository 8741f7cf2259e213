import { z } from 'zod';
import { Settings } from '../controls/controls.ts';
import { Id, MAX_TEXT_CHARACTERS } from './take.ts';
import { When } from './when.ts';

/** Letters of the slots, by their place. */
export const SLOT_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type SlotLetter = (typeof SLOT_LETTERS)[number];

/** The letter of the slot at a place, from 0; “?” where there is none. */
export function letterAt(place: number): string {
  return SLOT_LETTERS[place] ?? '?';
}

export const MOST_SLOTS = SLOT_LETTERS.length;
/** Most texts of one comparison. */
export const MOST_TEXTS = 200;
const MOST_DECISIONS = 1000;

/** What one slot speaks with. */
export const Slot = z.object({
  id: Id,
  /** What the person calls it; empty where it goes by its voice. */
  name: z.string().max(120).default(''),
  voiceId: z.string().min(1).max(200),
  /** As it was when the slot was set: says who it is where its provider is gone. */
  voiceName: z.string().max(200).default(''),
  modelId: z.string().min(1).max(200).nullable().default(null),
  settings: Settings,
});
export type Slot = z.infer<typeof Slot>;

/** One text that every slot speaks. */
export const ComparisonText = z.object({ id: Id, text: z.string().max(10 * MAX_TEXT_CHARACTERS) });
export type ComparisonText = z.infer<typeof ComparisonText>;

/** Where a flip to another slot goes on: at the same word, at the same second, or from the beginning. */
export const Switching = z.enum(['word', 'second', 'restart']);
export type Switching = z.infer<typeof Switching>;

/** What somebody decided after listening, and what between: the slots may be changed afterwards. */
export const Decision = z.object({
  id: Id,
  at: When,
  /** Which text it is about; null for all of them. */
  textId: Id.nullable(),
  /** The slot that was found best; null where none was. */
  winner: Id.nullable(),
  note: z.string().max(10_000),
  slots: z.array(Slot.extend({ takeId: Id.nullable() })).max(MOST_SLOTS),
});
export type Decision = z.infer<typeof Decision>;

/** Whether each has an id of its own. */
function areApart(all: readonly { id: string }[]): boolean {
  return new Set(all.map(({ id }) => id)).size === all.length;
}

/** Slots side by side, and the texts they speak. */
export const Comparison = z.object({
  id: Id,
  projectId: Id,
  name: z.string().trim().min(1).max(120),
  texts: z.array(ComparisonText).min(1).max(MOST_TEXTS).refine(areApart, 'has a text twice'),
  slots: z.array(Slot).max(MOST_SLOTS).refine(areApart, 'has a slot twice'),
  /** The take of each slot for each text, by the slot's id and the text's. */
  takes: z.record(Id, z.record(Id, Id)),
  switching: Switching,
  /** Whether the louder ones are attenuated to the quietest one. */
  equalLoudness: z.boolean(),
  decisions: z.array(Decision).max(MOST_DECISIONS),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Comparison = z.infer<typeof Comparison>;

/** What of a comparison a person makes. */
export const ComparisonInput = Comparison.omit({ id: true, createdAt: true, updatedAt: true });
export type ComparisonInput = z.infer<typeof ComparisonInput>;

/**
 * What of it can be changed. A field that is not there stays as it is. Takes and decisions come one by one: several may be
 * made at a time.
 */
export const ComparisonPatch = ComparisonInput.omit({ projectId: true, takes: true, decisions: true }).partial();
export type ComparisonPatch = z.infer<typeof ComparisonPatch>;

/** Which slot's part of which text. */
export const ComparisonCell = z.object({ comparisonId: Id, slotId: Id, textId: Id });
export type ComparisonCell = z.infer<typeof ComparisonCell>;

/** A comparison in a list. */
export const ComparisonEntry = Comparison.pick({ id: true, name: true, updatedAt: true }).extend({
  slots: z.number().int(),
  texts: z.number().int(),
});
export type ComparisonEntry = z.infer<typeof ComparisonEntry>;
