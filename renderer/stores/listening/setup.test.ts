import { expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import {
  firstDraft,
  listenerNames,
  missingTakes,
  newListener,
  plannedTrials,
  problemsOf,
  testInput,
  withMethod,
} from './setup.ts';

const id = () => crypto.randomUUID();

/** So many slots and texts, with a take of each. */
function comparison(slots: number, texts: readonly string[]): Comparison {
  const made = Array.from({ length: slots }, () => ({
    id: id(),
    name: '',
    voiceId: 'builtin:espeak/en-us',
    voiceName: 'English',
    modelId: null,
    settings: NEUTRAL_SETTINGS,
  }));
  const written = texts.map((text) => ({ id: id(), text }));
  return {
    id: id(),
    projectId: id(),
    name: 'Voices',
    texts: written,
    slots: made,
    takes: Object.fromEntries(
      made.map((slot) => [slot.id, Object.fromEntries(written.map((text) => [text.id, id()]))]),
    ),
    switching: 'word',
    equalLoudness: true,
    decisions: [],
    createdAt: 0,
    updatedAt: 0,
  };
}

it('a plan begins with what fits its method: all texts that say something, enough trials to find something', () => {
  const open = comparison(3, ['One.', '  ', 'Two.', 'Three.']);
  const draft = firstDraft(open, 'preference');
  expect(draft.slotIds).toEqual(open.slots.slice(0, 2).map((slot) => slot.id));
  expect(draft.textIds).toHaveLength(3);
  // Each of the two stands first as often as second.
  expect(draft.rounds % 2).toBe(0);
  expect(plannedTrials(open, draft)).toBeGreaterThanOrEqual(16);
  expect(problemsOf(open, draft)).toEqual([]);
  const rating = withMethod(draft, open, 'rating');
  expect(rating.slotIds).toHaveLength(3);
  expect(plannedTrials(open, rating)).toBe(3);
  expect(withMethod({ ...rating, name: 'Mine' }, open, 'abx')).toMatchObject({ name: 'Mine', slotIds: { length: 2 } });
});

it('what a plan lacks is said, and the test that is asked for is what was planned', () => {
  const open = comparison(3, ['One.', 'Two.']);
  const draft = firstDraft(open, 'mushra');
  expect(problemsOf(open, draft)).toEqual(['Choose the approved recording of 2 more texts.']);
  const references = Object.fromEntries(open.texts.map((text) => [text.id, id()]));
  const whole = { ...draft, references, listeners: [newListener('Ann'), newListener(''), newListener('Bob', true)] };
  expect(problemsOf(open, whole)).toEqual([]);
  expect(listenerNames(whole)).toEqual(['Ann', 'Listener 2', 'Bob']);
  expect(problemsOf(open, { ...whole, listeners: [newListener('Ann'), newListener(' ann ')] })).toEqual([
    'Two listeners have the same name.',
  ]);
  expect(problemsOf(open, { ...whole, slotIds: [], textIds: [], name: ' ' })).toEqual([
    'The test needs a name.',
    'Choose 1 to 8 slots.',
    'Choose at least one text.',
  ]);
  const some = { ...whole, slotIds: [open.slots[2]?.id ?? '', open.slots[0]?.id ?? ''] };
  const input = testInput(open, some);
  expect(input).toMatchObject({ method: 'mushra', listeners: 3, comparisonId: open.id });
  // In the order of the comparison, whatever was chosen first.
  expect(input.slots.map((slot) => slot.id)).toEqual([open.slots[0]?.id, open.slots[2]?.id]);
  for (const [index, text] of open.texts.entries()) {
    const [a, , c] = open.slots.map((slot) => open.takes[slot.id]?.[text.id]);
    expect(input.texts[index]).toEqual({ text: text.text, takes: [a, c], reference: references[text.id] });
  }
});

it('takes that are not known to be there are missing', () => {
  const open = comparison(2, ['One.']);
  const draft = firstDraft(open, 'abx');
  expect(missingTakes(open, draft, new Map())).toHaveLength(2);
  const gone = new Map(open.slots.map((slot) => [open.takes[slot.id]?.[open.texts[0]?.id ?? ''] ?? '', null]));
  expect(missingTakes(open, draft, gone)).toHaveLength(2);
});
