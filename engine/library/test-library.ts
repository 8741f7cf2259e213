import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Library, TakeDraft, TakeEnd } from './library.ts';

/** Hz. */
export const TEST_RATE = 24_000;

/** A new folder of its own, and the function that removes it. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'timbre-library-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A take's draft with plain values. */
export function draftOf(projectId: string, more: Partial<TakeDraft> = {}): TakeDraft {
  return {
    id: randomUUID(),
    projectId,
    source: 'rendered',
    name: '',
    note: '',
    rating: null,
    text: 'Good morning.',
    language: 'en',
    characters: 13,
    provider: 'builtin',
    voiceId: 'builtin:kokoro/af_heart',
    voiceName: 'Heart',
    model: 'kokoro',
    settings: NEUTRAL_SETTINGS,
    studio: NEUTRAL_STUDIO,
    sent: { speed: 1, pitch: 0, volume: 0 },
    request: {},
    seed: null,
    cached: false,
    sentAt: 1000,
    cost: { estimated: 0, billed: null, currency: '' },
    sampleRate: TEST_RATE,
    createdAt: Date.now(),
    ...more,
  };
}

export function endOf(more: Partial<TakeEnd> = {}): TakeEnd {
  return {
    state: 'done',
    fault: null,
    firstByteAt: 1100,
    lastByteAt: 1200,
    cost: { estimated: 0, billed: null, currency: '' },
    seed: 7,
    request: { voice: 'af_heart' },
    sampleRate: TEST_RATE,
    ...more,
  };
}

/** Samples that differ from piece to piece: `first`, `first + 1`, ... */
export function ramp(first: number, count: number): Int16Array {
  return Int16Array.from({ length: count }, (_, index) => (first + index) % 32_768);
}

/** A whole take with audio. */
export async function addTake(
  library: Library,
  draft: TakeDraft,
  samples = ramp(0, 2400),
  key = draft.id,
): Promise<Take> {
  const writer = await library.beginTake(draft, key);
  await writer.append(samples);
  return writer.finish(endOf());
}

/** The id of the library's first project. */
export function firstProject(library: Library): string {
  const project = library.projects()[0];
  if (project === undefined) throw new Error('A library always has a project.');
  return project.id;
}
