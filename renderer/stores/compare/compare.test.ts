import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import { openPageOnEngine, type PageOnEngine } from '../testing/page-on-engine.ts';

const TEXT = 'The ship sails at noon.';
const US = 'builtin:espeak/en-us';
const GB = 'builtin:espeak/en-gb';

let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;
let stop: () => void;
const asked: string[] = [];
/** Changes do not reach the engine. */
let broken = false;

async function load() {
  const [voices, projects, comparisons, slots, texts, cell, cells, render, decide, calls] = await Promise.all([
    import('../voices.ts'),
    import('../projects.ts'),
    import('./comparisons.ts'),
    import('./slots.ts'),
    import('./texts.ts'),
    import('./cell.ts'),
    import('./cells.ts'),
    import('./render-slots.ts'),
    import('./decide.ts'),
    import('./compare-calls.ts'),
  ]);
  return {
    ...voices,
    ...projects,
    ...comparisons,
    ...slots,
    ...texts,
    ...cell,
    ...cells,
    ...render,
    ...decide,
    ...calls,
  };
}

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    asked.push(path);
    if (broken && init?.method === 'PATCH') throw new Error('The engine is away.');
  });
  stores = await load();
  stop = page.studio.parts.events.subscribe((event) => {
    stores.slotsHeard(event as StudioEvent);
    stores.comparisonsHeard(event as StudioEvent);
  });
  await stores.useVoices.getState().load();
  await stores.useProjects.getState().load();
});
afterAll(async () => {
  stop();
  await page.close();
});

beforeEach(async () => {
  asked.length = 0;
  const content = (voiceId: string) => stores.slotContent({ voiceId, modelId: null, settings: NEUTRAL_SETTINGS });
  await stores.createComparison(stores.newComparison('Two voices', [TEXT], [content(US), content(GB)]));
});

const current = () => {
  const { current: open } = stores.useComparisons.getState();
  if (open === null) throw new Error('No comparison is open.');
  return open;
};
const slotId = (place: number) => current().slots[place]?.id ?? '';
const textId = (place = 0) => current().texts[place]?.id ?? '';
const state = (place: number, text = 0) => {
  const [slot, own] = [current().slots[place], current().texts[text]];
  if (!slot || !own) throw new Error('There is no such cell.');
  return stores.cellState(stores.useCells.getState(), current(), slot, own);
};

/** Renders what is missing and waits until all of it is there. */
async function rendered(...how: Parameters<typeof stores.renderSlots>): Promise<void> {
  await stores.renderSlots(...how);
  await vi.waitUntil(() => stores.useCells.getState().making.size === 0, { timeout: 20_000 });
}

describe('slots', () => {
  it('are rendered at once, and not again while they are as they were', async () => {
    await rendered();
    expect([state(0), state(1)].map(({ take, stale }) => [take?.state, stale])).toEqual([
      ['done', false],
      ['done', false],
    ]);
    asked.length = 0;
    await rendered();
    expect(asked).not.toContain('/api/compare/render');
  });

  it('whose settings were changed say so, and are rendered again alone', async () => {
    await rendered();
    const before = [state(0).take?.id, state(1).take?.id];
    stores.changeSlot(slotId(1), { settings: { ...NEUTRAL_SETTINGS, pitch: 2 } });
    expect(state(1)).toMatchObject({ stale: true, take: { id: before[1] } });
    await rendered();
    expect(state(0).take?.id).toBe(before[0]);
    expect(state(1)).toMatchObject({ stale: false, take: { settings: { pitch: 2 } } });
  });

  it('that are asked for the same share a take with what was made before', async () => {
    await rendered();
    const first = state(0).take?.id;
    const content = current().slots[0];
    if (!content) throw new Error('There is a first slot.');
    stores.addSlot(content);
    await rendered();
    expect(state(2).take?.id).toBe(first);
  });

  it('that cannot be rendered say why, beside those that can', async () => {
    stores.changeSlot(slotId(1), { voiceId: 'gone:nobody' });
    await rendered();
    expect(state(0).take?.state).toBe('done');
    expect(state(1)).toMatchObject({ take: null, fault: { message: expect.any(String) } });
    stores.changeSlot(slotId(1), { voiceId: GB });
    await rendered();
    expect(state(1)).toMatchObject({ fault: null, take: { state: 'done' } });
  });

  it('another take of one asks its provider anew', async () => {
    await rendered();
    const before = state(0).take?.id;
    const [slot] = current().slots;
    await rendered({ slots: slot ? [slot] : [] }, true);
    expect(state(0).take?.id).not.toBe(before);
  });

  it('are added, doubled, moved and removed; what was removed comes back with its takes', async () => {
    await rendered();
    const [a, b] = [slotId(0), slotId(1)];
    const double = stores.duplicateSlot(a);
    expect(current().slots.map(({ id }) => id)).toEqual([a, double, b]);
    stores.moveSlot(b, 0);
    expect(current().slots.map(({ id }) => id)).toEqual([b, a, double]);
    const undo = stores.removeSlot(a);
    expect(current().slots.map(({ id }) => id)).toEqual([b, double]);
    undo();
    expect(current().slots.map(({ id }) => id)).toEqual([b, a, double]);
    expect(state(1).take?.state).toBe('done');
    while (current().slots.length < 8) stores.duplicateSlot(a);
    expect(stores.duplicateSlot(a)).toBeNull();
  });

  it('follow the desk they are edited on', () => {
    stores.editSlot(slotId(1));
    expect(stores.useSlotDesk.getState().voiceId).toBe(GB);
    stores.useSlotDesk.getState().setControl('pitch', -2);
    stores.useSlotDesk.getState().setVoice(US);
    expect(current().slots[1]).toMatchObject({ voiceId: US, settings: { pitch: -2 } });
    expect(current().slots[0]).toMatchObject({ voiceId: US, settings: { pitch: 0 } });
    stores.editSlot(null);
    stores.useSlotDesk.getState().setControl('pitch', 5);
    expect(current().slots[1]?.settings.pitch).toBe(-2);
  });
});

describe('texts', () => {
  it('are added, walked through and removed; one that was removed comes back with its takes', async () => {
    await rendered();
    stores.addTexts(['A second one.', 'A third one.']);
    expect(stores.currentText(current(), stores.useCompareView.getState().textId)?.text).toBe('A second one.');
    expect(stores.stepText(1)).toBe(true);
    expect(stores.stepText(1)).toBe(false);
    const undo = stores.removeText(textId(0));
    expect(current().texts).toHaveLength(2);
    undo();
    expect(state(0).take?.state).toBe('done');
  });

  it('that were changed mark their takes', async () => {
    await rendered();
    stores.changeText(textId(), 'The ship sails at night.');
    expect(state(0).stale).toBe(true);
    stores.changeText(textId(), TEXT);
    expect(state(0).stale).toBe(false);
  });
});

describe('a comparison', () => {
  it('is there again as it was left, with what was decided', async () => {
    await rendered();
    stores.decide(textId(), slotId(1), 'warmer');
    await stores.flushComparison();
    const kept = page.studio.parts.library().comparison(current().id);
    expect(kept?.decisions).toMatchObject([
      { winner: slotId(1), note: 'warmer', slots: [{}, { takeId: state(1).take?.id }] },
    ]);
    expect(stores.decisionFor(current(), textId())?.winner).toBe(slotId(1));
    await stores.openComparison(current().id);
    expect(current().decisions).toEqual(kept?.decisions);
  });

  it('a decision can be taken back, and one about all texts counts for each', () => {
    const undo = stores.decide(null, null);
    expect(stores.decisionFor(current(), textId())).toMatchObject({ winner: null, textId: null });
    undo();
    expect(stores.decisionFor(current(), textId())).toBeNull();
  });

  it('that is deleted makes room for another one and can be brought back', async () => {
    const { id } = current();
    await stores.removeComparison(id);
    expect(stores.useComparisons.getState().current?.id).not.toBe(id);
    await stores.restoreComparison(id);
    expect(current().id).toBe(id);
  });

  it('takes what another window made in, and keeps what this one did', async () => {
    await rendered();
    const { id } = current();
    const note = { textId: null, winner: null, note: 'elsewhere', slots: [] };
    page.studio.parts.library().fileDecision(id, { ...note, id: crypto.randomUUID(), at: 1 });
    page.studio.parts.events.publish({ type: 'changed', what: 'comparisons' });
    await vi.waitUntil(() => current().decisions.length === 1);
    stores.decide(null, slotId(0), 'here');
    await stores.flushComparison();
    expect(
      page.studio.parts
        .library()
        .comparison(id)
        ?.decisions.map((one) => one.note),
    ).toEqual(['elsewhere', 'here']);
  });

  it('what is changed while another one is opened stays with its own', async () => {
    const first = current().id;
    const opening = stores.createComparison(stores.newComparison('Second', ['Other.'], []));
    stores.changeComparison({ name: 'Changed late' });
    await opening;
    stores.changeComparison({ switching: 'restart' });
    await stores.flushComparison();
    const kept = (id: string) => page.studio.parts.library().comparison(id);
    expect(kept(first)).toMatchObject({ name: 'Changed late', switching: 'word' });
    expect(kept(current().id)).toMatchObject({ name: 'Second', switching: 'restart' });
  });

  it('what could not be kept is kept with the next change', async () => {
    broken = true;
    stores.changeComparison({ name: 'While it was away' });
    await stores.flushComparison();
    expect(stores.useComparisons.getState().fault).not.toBeNull();
    broken = false;
    stores.changeComparison({ switching: 'second' });
    await stores.flushComparison();
    const kept = page.studio.parts.library().comparison(current().id);
    expect(kept).toMatchObject({ name: 'While it was away', switching: 'second' });
    expect(stores.useComparisons.getState().fault).toBeNull();
  });

  it('a take that comes after another comparison was opened is in its cell all the same', async () => {
    const { id } = current();
    const [slot, text] = [slotId(0), textId()];
    const making = stores.renderSlots();
    await stores.createComparison(stores.newComparison('Second', ['Other.'], []));
    await making;
    await vi.waitUntil(() => stores.useCells.getState().making.size === 0, { timeout: 20_000 });
    expect(page.studio.parts.library().comparison(id)?.takes[slot]?.[text]).toEqual(expect.any(String));
  });
});
