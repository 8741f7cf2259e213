import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MappingInput, SourceVoice } from '../../shared/schemas/mapping.ts';
import { MatchPlan, MatchRun } from '../../shared/schemas/match-run.ts';
import { createLevels } from '../levels/levels.ts';
import { addTake, draftOf, firstProject, ramp, TEST_RATE } from '../library/test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice, verdictOf } from '../library/test-mapping.ts';
import { createEventHub } from '../observe/events.ts';
import { estimateMatch } from './estimate.ts';
import { createMatching } from './matching.ts';
import { createProfiler } from './profiler.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { type Script, type ScriptedProvider, scriptedProvider, scriptedSound } from './testing/scripted-provider.ts';

const LINES = ['The ship sails at noon.', 'Nobody is on board yet.'];
const FREE = { id: 'free', voices: [{}, {}, {}] };

let bench: Bench;
let from: ScriptedProvider;
let to: ScriptedProvider;
afterEach(() => bench.close());

async function opened(old: Script, young: Script = FREE): Promise<void> {
  from = scriptedProvider({ ...old, id: 'old' });
  to = scriptedProvider(young);
  bench = await openBench(from, to);
}

function mappingOf(sources: readonly SourceVoice[], more: Partial<MappingInput> = {}) {
  const { mappings } = bench.library;
  const sides = {
    from: { kind: 'provider', provider: 'old', modelId: null },
    to: { kind: 'provider', provider: to.id, modelId: null },
  } as const;
  const { id } = mappings.create(mappingInput(firstProject(bench.library), { lines: LINES, ...sides, ...more }));
  mappings.addRows(id, sources);
  return id;
}

async function estimated(mappingId: string, plan: Partial<MatchPlan> = {}) {
  const { signal } = new AbortController();
  const { voices, models } = await bench.registry.all(signal);
  const mapping = bench.library.mappings.one(mappingId);
  if (!mapping) throw new Error('The mapping is there.');
  const parts = { library: () => bench.library, registry: bench.registry, synthesis: bench.synthesis };
  return estimateMatch(mapping, MatchPlan.parse({ lines: 2, matched: 2, ...plan }), {
    ...parts,
    voices,
    models,
    signal,
  });
}

const recording = async (seconds: number, text: string) =>
  (await addTake(bench.library, draftOf(firstProject(bench.library), { text }), ramp(0, seconds * TEST_RATE))).id;

describe('what a search would take', () => {
  it('is every line of every candidate, and what matching takes at most', async () => {
    await opened({ past: [] }, { ...FREE, price: 2 });
    const id = mappingOf([sourceVoice('old:v0'), sourceVoice('old:v1')]);
    const found = await estimated(id, { newLines: false });
    // Three candidates speak two lines once for both rows; two of them two texts of up to 250 characters for each row.
    expect(found).toMatchObject({ renders: 6 + 2 * 2 * 2, cached: 0, free: 2, withoutCandidates: [] });
    const characters = 3 * (LINES[0]?.length ?? 0) + 3 * (LINES[1]?.length ?? 0) + 8 * 250;
    expect(found).toMatchObject({ characters, cost: [{ amount: 2 * characters, currency: 'credits' }] });
    const searched = await estimated(id, { newLines: false, searchRenders: 5 });
    expect(searched.renders).toBe(found.renders + 2 * 2 * 5);
  });

  it('has new lines of the old voice where its recordings are too short to do without', async () => {
    await opened({ price: 1, past: [] });
    const [short, long] = [await recording(2, 'Short.'), await recording(20, 'Long enough.')];
    const cost = async (recordings: string[], plan: Partial<MatchPlan> = {}) =>
      (await estimated(mappingOf([sourceVoice('old:v0', { recordings })]), plan)).cost;
    const price = LINES.join('').length;
    expect(await cost([short])).toEqual([{ amount: price, currency: 'credits' }]);
    expect(await cost([])).toEqual([{ amount: price, currency: 'credits' }]);
    expect(await cost([short], { newLines: false })).toEqual([]);
    expect(await cost([long])).toEqual([]);
  });

  it('has no more than the texts that are known, where nothing further is heard', async () => {
    await opened({});
    const recordings = [await recording(20, 'One text.')];
    const known = await estimated(mappingOf([sourceVoice('old:v0', { recordings })]));
    expect(known).toMatchObject({ renders: 6 + 2 * 1, free: 0 });
    const untold = [await recording(20, '')];
    expect(await estimated(mappingOf([sourceVoice('old:v0', { recordings: untold })]))).toMatchObject({ renders: 6 });
  });

  it('leaves out what cannot be spoken, and names rows without candidates', async () => {
    await opened({ price: 1, past: [] }, { ...FREE, maxCharacters: 30, voices: [{ gender: 'male' }] });
    const lines = ['Short.', 'This line has more characters than the model takes.'];
    // The account has this voice no more: it can be heard in what it spoke, and can speak nothing new.
    const gone = sourceVoice('old:gone', { gender: 'male' });
    expect(await estimated(mappingOf([gone], { lines }), { matched: 1 })).toMatchObject({ renders: 1 + 2, cost: [] });
    const id = mappingOf([sourceVoice('old:v0', { gender: 'female' })], { lines });
    const [row] = bench.library.mappings.one(id)?.rows ?? [];
    expect(await estimated(id)).toMatchObject({ renders: 0, free: 0, withoutCandidates: [row?.id] });
  });

  it('is about rows that nobody has approved, or those that are named', async () => {
    await opened({});
    const id = mappingOf([sourceVoice('old:v0', { voiceName: 'A' }), sourceVoice('old:v1')]);
    const [first, second] = bench.library.mappings.one(id)?.rows ?? [];
    const choice = mappedVoice('free:v0');
    bench.library.mappings.propose(first?.id ?? '', proposalOf([[choice, []]]), choice);
    bench.library.mappings.fileVerdict(first?.id ?? '', verdictOf(choice));
    const open = await estimated(id, { newLines: false });
    expect(open).toEqual(await estimated(id, { newLines: false, rowIds: [second?.id ?? ''] }));
    expect(open.renders).toBe(6 + 4);
  });
});

describe('what a search really asks for', () => {
  const past = ['One thing that it said before.', 'x '.repeat(2000), 'Guten Tag, was kann ich heute für Sie tun?'];
  const cases: [string, Script, Script, SourceVoice][] = [
    ['a voice with a past', { past: past.map((text, at) => ({ id: `p${at}`, text })) }, FREE, sourceVoice('old:v0')],
    ['a voice with nothing but new lines', { price: 1 }, { ...FREE, price: 1 }, sourceVoice('old:v0')],
    [
      'a model that takes little',
      { past: [], preview: scriptedSound() },
      { ...FREE, maxCharacters: 25 },
      sourceVoice('old:v0'),
    ],
  ];

  it.each(cases)('is never more than was said: %s', async (_, old, young, source) => {
    const exaggeration = { name: 'exaggeration', label: '', help: '', kind: 'number', default: 0.5 } as const;
    await opened(old, { ...young, parameters: [{ ...exaggeration, min: 0.25, max: 2, step: 0.05 }] });
    const profiler = createProfiler(() => bench.library);
    const levels = createLevels(() => bench.library);
    const events = createEventHub();
    const { registry, synthesis } = bench;
    const matching = createMatching({ library: () => bench.library, registry, synthesis, profiler, levels, events });
    try {
      const mappingId = mappingOf([source]);
      const plan = MatchPlan.parse({ lines: 2, matched: 2, searchRenders: 5 });
      const agreed = await matching.estimate(mappingId, plan, new AbortController().signal);
      const { id } = await matching.start(mappingId, { id: crypto.randomUUID(), plan, agreed, limit: null });
      const read = () => z.object({ state: z.string() }).parse(matching.runs(mappingId).find((run) => run.id === id));
      await expect.poll(() => read().state, { timeout: 60_000 }).not.toBe('running');
      const run = MatchRun.parse(matching.runs(mappingId)[0]);
      expect(run).toMatchObject({ state: 'done', done: 1, failed: [], fault: null });
      const requests = [...from.requests, ...to.requests];
      expect(requests.length).toBe(run.renders);
      expect(requests.length).toBeLessThanOrEqual(agreed.renders);
      const characters = requests.reduce((sum, { text }) => sum + [...text].length, 0);
      expect(characters).toBeLessThanOrEqual(agreed.characters);
      expect(run.cost[0]?.amount ?? 0).toBeLessThanOrEqual(agreed.cost[0]?.amount ?? 0);
      expect(to.requests.length).toBeGreaterThan(0);
    } finally {
      await matching.close();
      await levels.close();
    }
  });
});
