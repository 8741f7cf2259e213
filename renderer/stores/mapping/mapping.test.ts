import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { mappedVoice, proposalOf, sourceVoice } from '../../../engine/library/test-mapping.ts';
import { mappingFile, writeMappingFile } from '../../../shared/mapping/mapping-file.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import { type MappingRow, verdictInForce } from '../../../shared/schemas/mapping.ts';
import { openPageOnEngine, type PageOnEngine } from '../testing/page-on-engine.ts';

const US = mappedVoice('builtin:espeak/en-us', { voiceName: 'American' });
const GB = mappedVoice('builtin:espeak/en-gb', { voiceName: 'British' });

let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;
let stop: () => void;
/** Changes do not reach the engine. */
let broken = false;

async function load() {
  const [projects, mappings, rows, view, judge, readBack, coverage] = await Promise.all([
    import('../projects.ts'),
    import('./mappings.ts'),
    import('./rows.ts'),
    import('./map-view.ts'),
    import('./judge.ts'),
    import('./read-back.ts'),
    import('./coverage.ts'),
  ]);
  return { ...projects, ...mappings, ...rows, ...view, ...judge, ...readBack, ...coverage };
}

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    if (broken && init?.method !== undefined && path.startsWith('/api/mappings')) throw new Error('It is away.');
  });
  stores = await load();
  stop = page.studio.parts.events.subscribe((event) => stores.mappingsHeard(event as StudioEvent));
  await stores.useProjects.getState().load();
});
afterAll(async () => {
  stop();
  await page.close();
});

beforeEach(async () => {
  broken = false;
  stores.useJudge.setState({ name: 'Ada', waiting: null });
  await stores.beginMapping({
    name: 'Leaving',
    from: { kind: 'provider', provider: 'elevenlabs', modelId: null },
    to: { kind: 'provider', provider: 'builtin', modelId: null },
    lines: ['The ship sails at noon.'],
  });
  await stores.addVoices(['a', 'b', 'c'].map((name) => sourceVoice(`elevenlabs:${name}`, { voiceName: name })));
  stores.useMapView.setState({ rowId: null, filter: 'all', adjusting: false });
});

const row = (place: number): MappingRow => {
  const found = stores.useMappings.getState().current?.rows[place];
  if (!found) throw new Error(`There is no row ${place}.`);
  return found;
};
const stored = (place: number) => page.studio.parts.library().mappings.row(row(place).id);
const propose = (place: number) =>
  page.studio.parts.library().mappings.propose(
    row(place).id,
    proposalOf([
      [US, []],
      [GB, []],
    ]),
    US,
  );
/** Proposes for a row, and waits until the page has heard of it. */
async function proposed(place: number): Promise<void> {
  propose(place);
  page.studio.parts.events.publish({ type: 'changed', what: 'mappings' });
  await expect.poll(() => row(place).proposal).not.toBeNull();
}

it('opens what is begun, and adds voices once', async () => {
  expect(stores.useMappings.getState().list[0]).toMatchObject({ name: 'Leaving' });
  expect(await stores.addVoices([sourceVoice('elevenlabs:a', { voiceName: 'a' })])).toBe(0);
  expect(stores.useMappings.getState().current?.rows.map(({ source }) => source.voiceName)).toEqual(['a', 'b', 'c']);
});

it('shows what a run found as soon as it is told of', async () => {
  await proposed(0);
  expect(stores.chosenCandidate(row(0))).toMatchObject({ voiceId: US.voiceId, distance: 0 });
});

it('chooses another voice at once, and takes it back to what was proposed', async () => {
  await proposed(0);
  const choosing = stores.chooseVoice(row(0).id, GB);
  expect(row(0).choice).toEqual(GB);
  const undo = await choosing;
  expect(stored(0)).toMatchObject({ choice: GB, byHand: true });
  await undo();
  expect(stored(0)).toMatchObject({ choice: US, byHand: false });
  expect(row(0).choice).toEqual(US);
});

it('goes back to what stood there where the engine is away', async () => {
  await proposed(0);
  broken = true;
  await expect(stores.chooseVoice(row(0).id, GB)).rejects.toThrow();
  expect(row(0).choice).toEqual(US);
  await expect(stores.judge(row(0).id, 'approved', '')).rejects.toThrow();
  expect(row(0).verdicts).toEqual([]);
});

it('asks who listens before the first verdict, and files it under that name', async () => {
  await proposed(0);
  stores.useJudge.setState({ name: null });
  expect(await stores.judge(row(0).id, 'approved', 'Near.')).toBeNull();
  expect(stores.useJudge.getState().waiting).toMatchObject({ verdict: 'approved', note: 'Near.' });
  expect(stored(0)?.verdicts).toEqual([]);
  stores.nameJudge('Bo');
  await stores.judge(row(0).id, 'approved', 'Near.');
  expect(stored(0)?.verdicts).toMatchObject([{ by: 'Bo', verdict: 'approved', note: 'Near.', choice: US }]);
});

it('takes a verdict back, and one changed at once is one verdict', async () => {
  await proposed(0);
  await stores.judge(row(0).id, 'later', '');
  const undo = await stores.judge(row(0).id, 'approved', '');
  expect(stored(0)?.verdicts.map(({ verdict }) => verdict)).toEqual(['approved']);
  await undo?.();
  expect(stored(0)?.verdicts.map(({ verdict }) => verdict)).toEqual(['later']);
});

it('keeps what is adjusted a moment later, and the verdict is open again', async () => {
  await proposed(0);
  await stores.judge(row(0).id, 'approved', '');
  stores.chooseRow(row(0).id);
  stores.beginAdjusting(row(0).choice);
  stores.useChoiceDesk.getState().setControl('pitch', 2);
  stores.useChoiceDesk.getState().setControl('pitch', 3);
  expect(row(0).choice?.settings.pitch).toBe(3);
  expect(stores.standingOf(row(0))).toBe('open');
  stores.endAdjusting();
  await expect.poll(() => stored(0)?.choice?.settings.pitch).toBe(3);
  expect(row(0).choice?.voiceName).toBe('American');
});

it('takes what is chosen after an adjustment, however soon', async () => {
  await proposed(0);
  stores.chooseRow(row(0).id);
  stores.beginAdjusting(row(0).choice);
  stores.useChoiceDesk.getState().setControl('pitch', 2);
  await stores.chooseVoice(row(0).id, GB);
  stores.endAdjusting();
  await stores.flushChoice();
  expect(stored(0)?.choice).toEqual(GB);
});

it('has a verdict in force as soon as it is filed, also right after an adjustment', async () => {
  await proposed(0);
  stores.chooseRow(row(0).id);
  stores.beginAdjusting(row(0).choice);
  stores.useChoiceDesk.getState().setControl('pitch', 2);
  await stores.judge(row(0).id, 'approved', '');
  const kept = stored(0);
  expect(kept?.choice?.settings.pitch).toBe(2);
  expect(kept && verdictInForce(kept)?.verdict).toBe('approved');
  expect(row(0).choice?.settings.pitch).toBe(2);
});

it('does not show what is older than what is being adjusted', async () => {
  await proposed(0);
  stores.chooseRow(row(0).id);
  stores.beginAdjusting(row(0).choice);
  stores.useChoiceDesk.getState().setControl('speed', 1.5);
  propose(1);
  page.studio.parts.events.publish({ type: 'changed', what: 'mappings' });
  await expect.poll(() => row(1).proposal).not.toBeNull();
  expect(row(0).choice?.settings.speed).toBe(1.5);
});

it('walks the rows that are shown, and keeps the one in hand until another is', async () => {
  for (const place of [0, 1, 2]) await proposed(place);
  stores.showOnly('open');
  expect(stores.currentRow()?.source.voiceName).toBe('a');
  await stores.judge(row(0).id, 'approved', '');
  const { current } = stores.useMappings.getState();
  const shown = () => stores.shownRows(current?.rows ?? [], 'open', stores.currentRow()?.id ?? null);
  expect(shown().length).toBe(3);
  stores.stepRow(1);
  expect(stores.currentRow()?.source.voiceName).toBe('b');
  stores.stepRow(Infinity);
  expect(stores.currentRow()?.source.voiceName).toBe('c');
  stores.showOnly('approved');
  expect(stores.currentRow()?.source.voiceName).toBe('a');
});

it('brings back what was taken out', async () => {
  const undo = await stores.removeRow(row(1));
  expect(stores.useMappings.getState().current?.rows.map(({ source }) => source.voiceName)).toEqual(['a', 'c']);
  await undo();
  await expect
    .poll(() => stores.useMappings.getState().current?.rows.map(({ source }) => source.voiceName))
    .toEqual(['a', 'b', 'c']);
});

it('tells what a file changes before it changes it, and takes it over', async () => {
  await proposed(0);
  const { current } = stores.useMappings.getState();
  if (!current) throw new Error('No mapping is open.');
  const whole = mappingFile(current);
  const said = { verdict: 'approved', by: 'Cy', note: 'Good.', at: new Date(0).toISOString() } as const;
  const [first, second, third] = whole.rows;
  if (!first || !second || !third) throw new Error('Rows are missing.');
  const other = { ...third, old: { ...third.old, voiceId: 'elevenlabs:d', voiceName: 'd' }, new: US };
  const rows = [{ ...first, new: GB, ...said }, second, other];
  const file = new File([writeMappingFile({ ...whole, rows })], 'back.json');
  const plan = await stores.planReadBack(current.id, file);
  expect(plan).toMatchObject({ applied: false, unchanged: 1 });
  expect(plan.changes).toMatchObject([
    { added: false, choice: { becomes: GB }, verdict: { becomes: { by: 'Cy' } } },
    { added: true, oldVoiceName: 'd' },
  ]);
  expect(stored(0)?.choice).toEqual(US);
  await stores.applyReadBack(file);
  const after = page.studio.parts.library().mappings.one(current.id);
  expect(after?.rows.map(({ choice }) => choice?.voiceName)).toEqual(['British', undefined, undefined, 'American']);
  expect(after?.rows[0] && verdictInForce(after.rows[0])).toMatchObject({ by: 'Cy', note: 'Good.' });
  // The same again changes nothing.
  expect((await stores.planReadBack(current.id, file)).changes).toEqual([]);
});
