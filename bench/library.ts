import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library, TakeDraft } from '../engine/library/library.ts';
import { openLibrary } from '../engine/library/open-library.ts';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO } from '../shared/controls/controls.ts';
import { TakeQuery } from '../shared/schemas/take.ts';
import { seeded } from '../shared/seeded.ts';
import type { Figure } from './figure.ts';

const TAKES = 10_000;
const OPENINGS = 10;
const SEARCHES = 20;
/** Takes that share one audio. */
const SHARED = 10;

const WORDS =
  'the quick brown fox jumps over a lazy dog while seven silent ships sail slowly past grey northern harbours and voices read every line of an old script again with patience 今日 は いい 天気 です доброе утро grüße café'.split(
    ' ',
  );
const VOICES = ['Heart', 'Bella', 'Michael', 'Fenrir', 'Emma', 'George'];

/** What people type: rare and frequent words, parts of words, two letters, other scripts, several words. */
const QUERIES: Partial<TakeQuery>[] = [
  { search: 'number 7777' },
  { search: 'the' },
  { search: 'arbour' },
  { search: 'qu' },
  { search: 'いい 天気' },
  { search: 'утро' },
  { search: 'nothing-has-this' },
  { search: 'silent ships', sort: 'loudness' },
  { search: 'voices', minRating: 4, sort: 'rating' },
  { search: 'e', sort: 'name' },
];

/** The library with 10,000 takes: opening it with the first page, and searching it. */
export async function run(): Promise<Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'timbre-bench-library-'));
  try {
    await fill(home);
    const open = await timeOpenings(home);
    const library = await openLibrary({ home });
    try {
      const searches = QUERIES.map((query) => ({ query, ms: timeQuery(library, query) }));
      const slowest = searches.reduce((a, b) => (b.ms > a.ms ? b : a));
      const deep = timeQuery(library, { sort: 'loudness', offset: TAKES - 100 });
      return [
        figure('open and first page, slowest of 10', 300, open),
        figure(`search, slowest p95 of ${QUERIES.length} queries (“${slowest.query.search}”)`, 100, slowest.ms),
        figure('last page by loudness, p95', 100, deep),
      ];
    } finally {
      await library.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function figure(what: string, most: number, got: number): Figure {
  return { what, reach: `under ${most} ms`, got: Math.round(got * 10) / 10, unit: 'ms', ok: got < most };
}

async function timeOpenings(home: string): Promise<number> {
  let slowest = 0;
  for (let opening = 0; opening < OPENINGS; opening++) {
    const from = performance.now();
    const library = await openLibrary({ home });
    const page = library.takes(TakeQuery.parse({}));
    slowest = Math.max(slowest, performance.now() - from);
    if (page.total !== TAKES || page.takes.length !== 100) throw new Error('The first page is not whole.');
    await library.close();
  }
  return slowest;
}

function timeQuery(library: Library, query: Partial<TakeQuery>): number {
  const parsed = TakeQuery.parse(query);
  const times = Array.from({ length: SEARCHES }, () => {
    const from = performance.now();
    library.takes(parsed);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  return times[Math.ceil(0.95 * times.length) - 1] ?? 0;
}

/** Makes the takes the way the studio does. One in ten has audio of its own, the others share it, to save time. */
async function fill(home: string): Promise<void> {
  const library = await openLibrary({ home });
  const projectId = library.projects()[0]?.id ?? '';
  const random = seeded(1);
  const samples = new Int16Array(24_000);
  for (let index = 0; index < TAKES; index += SHARED) {
    const draft = draftOf(projectId, index, random);
    const writer = await library.beginTake(draft, draft.id);
    await writer.append(samples);
    await writer.finish({
      state: 'done',
      fault: null,
      firstByteAt: index + 90,
      lastByteAt: index + 700,
      cost: draft.cost,
      seed: null,
      request: draft.request,
      sampleRate: draft.sampleRate,
    });
    const view = {
      duration: 1,
      peaks: Array.from({ length: 500 }, random),
      pitch: Array.from({ length: 100 }, random),
      pitchStep: 0.01,
    };
    const loudness = -16 - random() * 20;
    library.storeMeasurements(draft.id, { duration: 1, loudness, truePeak: -1, pitch: 180, pitchRange: 5 }, view);
    for (let more = 1; more < SHARED; more++)
      library.addSharingTake(draftOf(projectId, index + more, random), draft.id);
  }
  await library.close();
}

function draftOf(projectId: string, index: number, random: () => number): TakeDraft {
  const words = Array.from(
    { length: 12 + Math.floor(random() * 40) },
    () => WORDS[Math.floor(random() * WORDS.length)],
  );
  const text = `${words.join(' ')} number ${index}.`;
  const voice = VOICES[index % VOICES.length] ?? '';
  return {
    id: randomUUID(),
    projectId,
    source: 'rendered',
    name: index % 4 === 0 ? `Line ${index}` : '',
    note: index % 3 === 0 ? 'checked' : '',
    rating: index % 3 === 0 ? 1 + (index % 5) : null,
    text,
    language: 'en',
    characters: text.length,
    provider: 'builtin',
    voiceId: `builtin:kokoro/${voice}`,
    voiceName: voice,
    model: 'kokoro',
    settings: NEUTRAL_SETTINGS,
    studio: NEUTRAL_STUDIO,
    sent: { speed: 1, pitch: 0, volume: 0 },
    request: { text, voice, speed: 1 },
    seed: null,
    cached: false,
    sentAt: index,
    cost: { estimated: 0, billed: null, currency: '' },
    sampleRate: 24_000,
    createdAt: index,
  };
}
