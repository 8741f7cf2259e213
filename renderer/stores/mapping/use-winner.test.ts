import { afterAll, beforeAll, expect, it } from 'vitest';
import { mappedVoice, mappingInput, proposalOf, sourceVoice } from '../../../engine/library/test-mapping.ts';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import type { Slot } from '../../../shared/schemas/comparison.ts';
import { openPageOnEngine, type PageOnEngine } from '../testing/page-on-engine.ts';

let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;
let projectId: string;

async function load() {
  const [use, calls, mappings] = await Promise.all([
    import('./use-winner.ts'),
    import('./mapping-calls.ts'),
    import('./mappings.ts'),
  ]);
  return { ...use, ...calls, ...mappings };
}

beforeAll(async () => {
  page = await openPageOnEngine();
  stores = await load();
  projectId = page.studio.parts.library().projects()[0]?.id ?? '';
});
afterAll(() => page.close());

const slot = (voiceId: string, more: Partial<Slot> = {}): Slot => ({
  id: crypto.randomUUID(),
  name: '',
  voiceId,
  voiceName: '',
  modelId: null,
  settings: { ...NEUTRAL_SETTINGS, speed: 1.2 },
  ...more,
});

async function mapping(name: string, provider: string, sources: Parameters<typeof stores.addRows>[1]) {
  const to = { kind: 'provider', provider, modelId: null } as const;
  const { id } = await stores.createMapping(mappingInput(projectId, { name, to }));
  return { id, rows: await stores.addRows(id, sources) };
}

it('offers first what stood in the comparison, by its voice or by the name of its recordings', async () => {
  await mapping('Elsewhere', 'fish', [sourceVoice('elevenlabs:x')]);
  await mapping('There', 'chatterbox', [sourceVoice('elevenlabs:y')]);
  await mapping('Likely', 'fish', [
    sourceVoice('elevenlabs:z'),
    sourceVoice('elevenlabs:a'),
    sourceVoice(null, { voiceName: 'Anna' }),
  ]);
  const winner = slot('chatterbox:Emily.wav');
  const others = [winner, slot('elevenlabs:a'), slot('import:voice', { name: 'Anna' })];
  const places = stores.placesFor(winner, others, await stores.readMappings(projectId));
  expect(places.map((place) => place.mapping.name)).toEqual(['Likely', 'There', 'Elsewhere']);
  expect(places.map(({ fits }) => fits)).toEqual([false, true, false]);
  expect(places[0]?.rows.map(({ row, likely }) => [row.source.voiceId, likely])).toEqual([
    ['elevenlabs:a', true],
    [null, true],
    ['elevenlabs:z', false],
  ]);
  // The winner itself is nobody that it could replace.
  const own = stores.placesFor(slot('elevenlabs:y'), [], await stores.readMappings(projectId));
  expect(own.flatMap(({ rows }) => rows.filter(({ likely }) => likely))).toEqual([]);
});

it('makes the winner the choice of a row, and puts the row back as it was, its open mapping with it', async () => {
  const { library } = page.studio.parts;
  const made = await mapping('Leaving', 'chatterbox', [sourceVoice('elevenlabs:a'), sourceVoice('elevenlabs:b')]);
  const [first] = made.rows;
  if (!first) throw new Error('The mapping has no rows.');
  const proposed = mappedVoice('chatterbox:Anna.wav');
  const before = library().mappings.propose(first.id, proposalOf([[proposed, []]]), proposed);
  expect(before).toMatchObject({ choice: proposed, byHand: false });
  await stores.loadMappings(projectId);
  await stores.openMapping(made.id);
  const winner = slot('chatterbox:Emily.wav', { name: 'best', voiceName: 'Emily', modelId: 'turbo' });
  const choice = stores.choiceOfSlot(winner);
  expect(choice).toEqual(
    mappedVoice('chatterbox:Emily.wav', { voiceName: 'Emily', modelId: 'turbo', settings: winner.settings }),
  );
  const undo = await stores.chooseInMapping(before, choice);
  expect(library().mappings.row(first.id)).toMatchObject({ choice, byHand: true });
  expect(stores.rowOf(first.id)).toMatchObject({ choice, byHand: true });
  const [place] = stores.placesFor(winner, [], await stores.readMappings(projectId));
  expect(place?.rows.map(({ chosen }) => chosen)).toEqual([true, false]);
  await undo();
  expect(library().mappings.row(first.id)).toMatchObject({ choice: proposed, byHand: false });
  expect(stores.rowOf(first.id)).toMatchObject({ choice: proposed, byHand: false });
});
