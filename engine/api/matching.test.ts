import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { type MappingRow, SourceVoice, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MatchEstimate, MatchPlan, MatchRun } from '../../shared/schemas/match-run.ts';
import { Take } from '../../shared/schemas/take.ts';
import { sourceVoice } from '../library/test-mapping.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const LINES = [
  'The quick judge measured each bright jewel with a thin golden ring.',
  'Why would you choose to fly so far above the rough and foggy southern shore?',
];
const SAID = 'A truck loaded with apples blocked the entrance to the tunnel for more than an hour this morning.';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let projectId: string;

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  projectId = await studio.firstProject();
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

/** A take that is whole. */
async function spoken(voiceId: string, text: string, settings: Partial<typeof NEUTRAL_SETTINGS>): Promise<Take> {
  const request = { ...espeakRequest(projectId, text), voiceId, settings: { ...NEUTRAL_SETTINGS, ...settings } };
  const response = await studio.send('/api/takes', request);
  await response.arrayBuffer();
  const read = async () => answer(await studio.call(`/api/takes/${request.id}`), Take);
  await expect.poll(async () => (await read()).measurements, { timeout: 20_000 }).not.toBeNull();
  return read();
}

/** A mapping from recordings to eSpeak's voices, with one row. */
async function mappingOf(recordings: string[]): Promise<{ mapping: WholeMapping; row: MappingRow }> {
  const made = await studio.send('/api/mappings', {
    projectId,
    name: 'From recordings',
    from: { kind: 'recordings' },
    to: { kind: 'provider', provider: 'builtin', modelId: 'espeak' },
    lines: LINES,
  });
  const { id } = await answer(made, WholeMapping);
  const source = SourceVoice.parse({
    ...sourceVoice(null, { language: 'en', gender: 'unknown', recordings }),
    voiceName: 'Old',
  });
  await studio.send(`/api/mappings/${id}/rows`, { sources: [source] });
  const mapping = await wholeMapping(id);
  return { mapping, row: mapping.rows[0] as MappingRow };
}

const wholeMapping = async (id: string) => answer(await studio.call(`/api/mappings/${id}`), WholeMapping);
const plan = (more: Partial<MatchPlan> = {}) => MatchPlan.parse({ lines: 2, matched: 2, ...more });
const estimateOf = async (id: string, own: MatchPlan) =>
  answer(await studio.send(`/api/mappings/${id}/estimate`, own), MatchEstimate);
const runsOf = async (id: string) =>
  (await answer(await studio.call(`/api/mappings/${id}/runs`), z.object({ runs: MatchRun.array() }))).runs;

async function ended(mappingId: string, runId: string): Promise<MatchRun> {
  const read = async () => (await runsOf(mappingId)).find(({ id }) => id === runId);
  await expect.poll(async () => (await read())?.state, { timeout: 120_000 }).not.toBe('running');
  return MatchRun.parse(await read());
}

describe('looking for the successor of a voice', () => {
  test('finds the voice and the settings it was made with, for what was agreed to, and asks for nothing twice', async () => {
    const voice = 'builtin:espeak/en-gb-scotland';
    const takes = [
      await spoken(voice, SAID, { speed: 1.2, pitch: 3, volume: -4 }),
      await spoken(voice, `${SAID} Nobody was hurt.`, { speed: 1.2, pitch: 3, volume: -4 }),
    ];
    const { mapping, row } = await mappingOf(takes.map(({ id }) => id));
    const agreed = await estimateOf(mapping.id, plan());
    expect(agreed.renders).toBeGreaterThan(4);
    expect(agreed).toMatchObject({ cost: [], withoutCandidates: [] });

    const id = crypto.randomUUID();
    const started = await studio.send(`/api/mappings/${mapping.id}/runs`, { id, plan: plan(), agreed });
    expect(await answer(started, MatchRun)).toMatchObject({ id, state: 'running', rows: 1, done: 0 });
    const run = await ended(mapping.id, id);
    expect(run).toMatchObject({ state: 'done', done: 1, failed: [], fault: null });
    expect(run.renders).toBeLessThanOrEqual(agreed.renders);

    const [found] = (await wholeMapping(mapping.id)).rows;
    expect(found).toMatchObject({ id: row.id, state: 'proposed', byHand: false });
    const [nearest, second] = found?.proposal?.candidates ?? [];
    expect(nearest).toMatchObject({ voiceId: voice, matched: 'matched' });
    expect(nearest?.distance).toBeLessThan(second?.distance ?? 0);
    expect(nearest?.settings.pitch).toBeCloseTo(3, 0);
    expect(Math.abs((nearest?.settings.speed ?? 0) / 1.2 - 1)).toBeLessThan(0.05);
    expect(Math.abs((nearest?.settings.volume ?? 0) + 4)).toBeLessThan(1);
    expect(found?.choice).toMatchObject({ voiceId: voice, settings: nearest?.settings });

    // Everything is there now: nothing is asked for again.
    const again = await estimateOf(mapping.id, plan());
    expect(again.renders).toBeLessThan(agreed.renders);
    expect(again.cached).toBeGreaterThan(0);
    // The takes lie on the shelf and not among the person's own.
    const listed = z.object({ total: z.number() }).parse(await (await studio.call('/api/takes')).json());
    expect(listed.total).toBe(2);
  });

  test('refuses to ask for more than what was shown', async () => {
    const take = await spoken('builtin:espeak/en-us', SAID, {});
    const { mapping } = await mappingOf([take.id]);
    const agreed = { ...(await estimateOf(mapping.id, plan())), renders: 0 };
    const refused = await studio.send(`/api/mappings/${mapping.id}/runs`, {
      id: crypto.randomUUID(),
      plan: plan(),
      agreed,
    });
    expect(refused.status).toBe(409);
    expect(await runsOf(mapping.id)).toEqual([]);
  });
});
