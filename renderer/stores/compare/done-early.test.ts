import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { openPageOnEngine, type PageOnEngine } from '../testing/page-on-engine.ts';

let page: PageOnEngine;

beforeAll(async () => {
  page = await openPageOnEngine();
});
afterAll(() => page.close());

it('a take that is told to be done before it is read that it answers gets its cell', async () => {
  const [{ useVoices }, { useProjects }, comparisons, slots, render, { useCells, cellKey }] = await Promise.all([
    import('../voices.ts'),
    import('../projects.ts'),
    import('./comparisons.ts'),
    import('./slots.ts'),
    import('./render-slots.ts'),
    import('./cells.ts').then(async (cells) => ({ ...cells, ...(await import('./cell.ts')) })),
  ]);
  await useVoices.getState().load();
  await useProjects.getState().load();
  const content = slots.slotContent({ voiceId: 'builtin:espeak/en-us', modelId: null, settings: NEUTRAL_SETTINGS });
  await comparisons.createComparison(slots.newComparison('One', ['Yes.'], [content]));
  const stop = page.studio.parts.events.subscribe((event) => render.slotsHeard(event));
  await render.renderSlots();
  await vi.waitUntil(() => useCells.getState().making.size === 0, { timeout: 20_000 });
  stop();
  const { current } = comparisons.useComparisons.getState();
  const [slot] = current?.slots ?? [];
  const [text] = current?.texts ?? [];
  const take = useCells.getState().takes.values().next().value;
  if (!slot || !text || !take) throw new Error('Nothing was rendered.');

  // As if only its end had been told so far.
  if (!current) throw new Error('No comparison is open.');
  comparisons.useComparisons.setState({ current: { ...current, takes: {} } });
  const cell = { comparisonId: current.id, slotId: slot.id, textId: text.id };
  useCells.setState({ making: new Map([[cellKey(cell), { ...cell, id: take.id, stage: 'asked' }]]) });
  render.slotsHeard({ type: 'take', take });
  expect(useCells.getState().making.size).toBe(0);
  expect(comparisons.useComparisons.getState().current?.takes[slot.id]?.[text.id]).toBe(take.id);
});
