import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { TakeRequest } from '../../shared/schemas/take.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { type Analyser, createAnalyser } from '../analysis/analyser.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { temporaryFolder } from '../library/test-library.ts';
import { createEventHub } from '../observe/events.ts';
import type { Provider } from '../providers/provider.ts';
import { createRegistry } from '../providers/registry.ts';
import { readAudio } from '../read-audio.ts';
import { createSynthesis, type Synthesis } from './synthesis.ts';

const RATE = 24_000;
const model: Model = {
  id: 'one',
  provider: 'test',
  name: 'One',
  description: '',
  sampleRate: RATE,
  capabilities: {
    speed: null,
    pitch: null,
    volume: null,
    emotion: { names: [], note: 'none' },
    seed: null,
    parameters: [],
    maxCharacters: 100,
    streams: true,
  },
};
const voice: Voice = {
  id: 'test:plain',
  provider: 'test',
  model: 'one',
  name: 'Plain',
  languages: ['en'],
  accent: '',
  gender: 'neutral',
  description: '',
  experimental: false,
  blend: null,
};

/** A provider whose stream gives these pieces and then breaks off. */
function breakingOff(pieces: Int16Array[]): Provider {
  async function* chunks() {
    yield* pieces;
    throw fault('cut_short', 'The connection was lost.');
  }
  const health = { id: 'test', kind: 'test', name: 'Test', status: 'ready', latencyMs: null, note: '' } as const;
  return {
    id: 'test',
    kind: 'test',
    name: 'Test',
    health: () => health,
    probe: async () => health,
    voices: async () => [voice],
    models: async () => [model],
    estimate: () => null,
    close: async () => undefined,
    stream: async (request) => ({
      sampleRate: RATE,
      totalSamples: null,
      request: { ...request },
      seed: null,
      chunks: chunks(),
      cost: () => ({ estimated: 0, billed: null, currency: '' }),
    }),
  };
}

let folder: string;
let remove: () => Promise<void>;
let library: Library;
let analyser: Analyser;
let synthesis: Synthesis;
let heard: StudioEvent[];

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  library = await openLibrary({ home: folder });
  analyser = createAnalyser();
});
afterEach(async () => {
  await synthesis.close();
  await analyser.close();
  await library.close();
  await remove();
});

function requestOf(more: Partial<TakeRequest>): TakeRequest {
  return {
    id: randomUUID(),
    projectId: library.projects()[0]?.id ?? '',
    text: 'Good morning.',
    voiceId: voice.id,
    settings: NEUTRAL_SETTINGS,
    fresh: false,
    ...more,
  };
}

/** Makes a take with a provider whose stream breaks off, and waits until nothing is being made any more. */
async function make(pieces: Int16Array[]): Promise<{ request: TakeRequest; failure: unknown }> {
  const events = createEventHub();
  heard = [];
  events.subscribe((event) => heard.push(event));
  synthesis = createSynthesis({
    registry: createRegistry([breakingOff(pieces)]),
    library: () => library,
    analyser,
    events,
    readAudio: (takeId) => readAudio(library, takeId),
  });
  const request = requestOf({ fresh: false });
  const started = await synthesis.start(request);
  let failure: unknown = null;
  try {
    for await (const _ of started.read());
  } catch (thrown) {
    failure = thrown;
  }
  return { request, failure };
}

it('an equal request does not join a take that another voice speaks', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const failingOnce: Provider = {
    ...breakingOff([]),
    stream: async (request, signal) => {
      asked += 1;
      if (asked === 1) throw fault('provider_fault', 'It failed.');
      return await breakingOff([new Int16Array(100).fill(1)]).stream(request, signal);
    },
  };
  const other: Provider = {
    ...failingOnce,
    id: 'other',
    voices: async () => [{ ...voice, id: 'other:plain', provider: 'other' }],
    models: async () => [{ ...model, provider: 'other' }],
    stream: async (request, signal) => {
      const stream = await breakingOff([]).stream(request, signal);
      async function* chunks() {
        yield new Int16Array(100).fill(2);
        await released;
      }
      return { ...stream, chunks: chunks() };
    },
  };
  synthesis = createSynthesis({
    registry: createRegistry([failingOnce, other]),
    fallbackOf: () => ({ voiceId: 'other:plain', voiceName: 'Plain', modelId: null }),
    library: () => library,
    analyser,
    events: createEventHub(),
    readAudio: (takeId) => readAudio(library, takeId),
  });
  const request = requestOf({ fresh: false });
  const first = await synthesis.start(request);
  const second = await synthesis.start({ ...request, id: randomUUID(), fallback: false });
  release();
  expect(second.takeId).not.toBe(first.takeId);
  const firstOf = async ({ read }: typeof first) => {
    for await (const chunk of read()) return chunk[0];
    return null;
  };
  expect([await firstOf(first), await firstOf(second)]).toEqual([2, 1]);
});

it('equal requests at once are made once, and all of them hear all of it', async () => {
  let asked = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const provider: Provider = {
    ...breakingOff([]),
    stream: async (request, signal) => {
      asked += 1;
      const stream = await breakingOff([]).stream(request, signal);
      async function* chunks() {
        yield new Int16Array(100).fill(1);
        await released;
        yield new Int16Array(100).fill(2);
      }
      return { ...stream, chunks: chunks() };
    },
  };
  synthesis = createSynthesis({
    registry: createRegistry([provider]),
    library: () => library,
    analyser,
    events: createEventHub(),
    readAudio: (takeId) => readAudio(library, takeId),
  });
  const request = requestOf({ fresh: false });
  const started = await Promise.all(
    [request, { ...request, id: randomUUID() }, { ...request, id: randomUUID() }].map((one) => synthesis.start(one)),
  );
  const other = await synthesis.start({ ...request, id: randomUUID(), text: 'Something else.' });
  const again = await synthesis.start({ ...request, id: randomUUID(), fresh: true });
  expect(started.map(({ takeId, cached }) => [takeId, cached])).toEqual([
    [request.id, false],
    [request.id, true],
    [request.id, true],
  ]);
  expect([other.takeId, again.takeId]).not.toContain(request.id);
  expect(asked).toBe(3);
  release();
  for (const { read } of [...started, other, again]) {
    let samples = 0;
    for await (const chunk of read()) samples += chunk.length;
    expect(samples).toBe(200);
  }
});

describe('a stream that breaks off', () => {
  it('after some sound leaves an incomplete take with what had come', async () => {
    const { request, failure } = await make([new Int16Array(1200).fill(500)]);
    expect(failure).toMatchObject({ fault: { code: 'cut_short' } });
    expect(library.take(request.id)).toMatchObject({
      state: 'incomplete',
      samples: 1200,
      fault: { code: 'cut_short' },
    });
  });

  it('before its first piece leaves no take that is for ever being made', async () => {
    const { request, failure } = await make([]);
    expect(failure).toMatchObject({ fault: { code: 'cut_short' } });
    expect(library.take(request.id)).toMatchObject({ state: 'incomplete', samples: 0, fault: { code: 'cut_short' } });
  });

  it('a request that is refused is told to everybody who listens, as its sender may have gone', async () => {
    const { request } = await make([]);
    heard.length = 0;
    const unknown = { ...request, id: randomUUID(), voiceId: 'test:nobody' };
    await expect(synthesis.start(unknown)).rejects.toMatchObject({ fault: { code: 'unknown_voice' } });
    expect(heard).toMatchObject([{ type: 'refused', takeId: unknown.id, fault: { code: 'unknown_voice' } }]);
  });

  it('before its first piece, where the take cannot be stored either, says so to the listener', async () => {
    // A file where the folder of all audio should be.
    await rm(join(folder, 'audio'), { recursive: true, force: true });
    await writeFile(join(folder, 'audio'), '');
    const { request, failure } = await make([]);
    expect(failure).toMatchObject({ fault: { code: 'not_writable' } });
    expect(library.take(request.id)).toBeNull();
    expect(synthesis.outcome(request.id)).toMatchObject({ code: 'not_writable' });
    expect(heard).toMatchObject([{ type: 'refused', takeId: request.id, fault: { code: 'not_writable' } }]);
  });
});
