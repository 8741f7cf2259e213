import { expect } from 'vitest';
import { z } from 'zod';
import { type MappingInput, SourceVoice, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { MatchEstimate, MatchPlan, MatchRun, type MatchRunRequest } from '../../../shared/schemas/match-run.ts';
import { Take } from '../../../shared/schemas/take.ts';
import { sourceVoice } from '../../library/test-mapping.ts';
import { answer, espeakRequest, type OpenStudio } from './open-studio.ts';

/** How long a search in a test may take, in ms. */
const LONGEST = 120_000;

/** Mappings and searches of a studio, as a page asks for them. */
export class MatchStudio {
  readonly #studio: OpenStudio;

  constructor(studio: OpenStudio) {
    this.#studio = studio;
  }

  /** A new mapping with these voices. */
  async mapping(input: MappingInput, sources: readonly SourceVoice[]): Promise<WholeMapping> {
    const { id } = await answer(await this.#studio.send('/api/mappings', input), WholeMapping);
    if (sources.length > 0) await this.#studio.send(`/api/mappings/${id}/rows`, { sources });
    return this.read(id);
  }

  async read(id: string): Promise<WholeMapping> {
    return answer(await this.#studio.call(`/api/mappings/${id}`), WholeMapping);
  }

  async estimate(id: string, plan: Partial<MatchPlan>): Promise<MatchEstimate> {
    return answer(await this.#studio.send(`/api/mappings/${id}/estimate`, MatchPlan.parse(plan)), MatchEstimate);
  }

  /** Asks for a run. @param more by default what it would take now is agreed to */
  async ask(mappingId: string, plan: Partial<MatchPlan>, more: Partial<MatchRunRequest> = {}): Promise<Response> {
    const agreed = more.agreed ?? (await this.estimate(mappingId, plan));
    const request = { id: crypto.randomUUID(), plan: MatchPlan.parse(plan), ...more, agreed };
    return this.#studio.send(`/api/mappings/${mappingId}/runs`, request);
  }

  async begin(mappingId: string, plan: Partial<MatchPlan>, more: Partial<MatchRunRequest> = {}): Promise<MatchRun> {
    return answer(await this.ask(mappingId, plan, more), MatchRun);
  }

  stop = (runId: string) => this.#studio.call(`/api/mappings/runs/${runId}/stop`, { method: 'POST' });
  goOn = (runId: string) => this.#studio.call(`/api/mappings/runs/${runId}/continue`, { method: 'POST' });

  async runs(mappingId: string): Promise<MatchRun[]> {
    const { runs } = await answer(
      await this.#studio.call(`/api/mappings/${mappingId}/runs`),
      z.object({ runs: MatchRun.array() }),
    );
    return runs;
  }

  /** A run as it stands. */
  async run(mappingId: string, runId: string): Promise<MatchRun> {
    return MatchRun.parse((await this.runs(mappingId)).find(({ id }) => id === runId));
  }

  /** A run, once it has ended. */
  async ended({ mappingId, id }: Pick<MatchRun, 'mappingId' | 'id'>): Promise<MatchRun> {
    await expect.poll(async () => (await this.run(mappingId, id)).state, { timeout: LONGEST }).not.toBe('running');
    return this.run(mappingId, id);
  }
}

const SAID = [
  'A truck loaded with apples blocked the entrance to the tunnel for more than an hour this morning.',
  'Nobody was hurt, but the road was closed until noon, and many people came late to their work.',
];

/** Voices that are known by recordings alone, all by the same two. */
export async function oldVoices(studio: OpenStudio): Promise<(name: string) => SourceVoice> {
  const projectId = await studio.firstProject();
  const recordings: string[] = [];
  for (const text of SAID) {
    const request = espeakRequest(projectId, text);
    await (await studio.send('/api/takes', request)).arrayBuffer();
    expect(await answer(await studio.call(`/api/takes/${request.id}`), Take)).toMatchObject({ state: 'done' });
    recordings.push(request.id);
  }
  const source = sourceVoice(null, { gender: 'unknown', recordings });
  return (voiceName) => SourceVoice.parse({ ...source, voiceName });
}
