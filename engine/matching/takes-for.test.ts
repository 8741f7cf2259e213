import { afterEach, describe, expect, it } from 'vitest';
import { fault, toFault } from '../../shared/errors.ts';
import { mappedVoice } from '../library/test-mapping.ts';
import { OfAll } from './of-all.ts';
import { NOTHING_SPENT, Purse } from './purse.ts';
import { createTakesFor } from './takes-for.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { type Script, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const VOICE = mappedVoice('test:v0');
const TEXT = 'Ten marks.';

let bench: Bench;
let provider: ScriptedProvider;
let stop: AbortController;
afterEach(() => bench.close());

async function opened(script: Script, { most = 100, renders = 10 } = {}) {
  provider = scriptedProvider(script);
  bench = await openBench(provider);
  stop = new AbortController();
  const purse = new Purse([{ amount: most, currency: 'credits' }], renders);
  const parts = { library: () => bench.library, registry: bench.registry, synthesis: bench.synthesis };
  return { purse, ...createTakesFor({ ...parts, purse, signal: stop.signal }) };
}

const failing = async (asked: Promise<unknown>) => {
  const thrown = await asked.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { ...toFault(thrown), ofAll: thrown instanceof OfAll };
};

describe('takes on the shelf', () => {
  it('are paid once, and are there for whoever asks again', async () => {
    const { take, purse } = await opened({ price: 1 });
    const first = await take(VOICE, TEXT);
    expect(first).toMatchObject({ state: 'done', projectId: bench.library.shelf() });
    const spent = { renders: 1, lost: 0, cost: [{ amount: 10, currency: 'credits' }] };
    expect(purse.spent).toEqual(spent);
    expect((await take(VOICE, TEXT)).id).toBe(first.id);
    expect(purse.spent).toEqual(spent);
    expect(provider.requests).toHaveLength(1);
  });

  it('that are asked for twice at once are made and paid once', async () => {
    const { take, purse } = await opened({ price: 1 });
    const takes = await Promise.all([take(VOICE, TEXT), take(VOICE, TEXT), take(VOICE, TEXT)]);
    expect(new Set(takes.map(({ id }) => id)).size).toBe(1);
    expect(provider.requests).toHaveLength(1);
    expect(purse.spent).toMatchObject({ renders: 1, lost: 0, cost: [{ amount: 10 }] });
  });

  it('are not asked for beyond what was agreed to, however many at once', async () => {
    const { take, purse } = await opened({ price: 1 }, { most: 25 });
    const texts = ['One marks.', 'Two marks.', 'Six marks.', 'Ten marks.'];
    const asked = await Promise.all(texts.map((text) => failing(take(VOICE, text))));
    expect(asked.filter(({ ofAll, code }) => ofAll && code === 'conflict')).toHaveLength(2);
    expect(provider.requests).toHaveLength(2);
    expect(purse.spent.cost).toEqual([{ amount: 20, currency: 'credits' }]);
  });

  it('that were refused cost nothing; those that broke off may have', async () => {
    const codes = ['text_too_long', 'unknown_voice', 'cut_short'] as const;
    let at = 0;
    const before = () => {
      throw fault(codes[at++] ?? 'internal', 'It fails.');
    };
    const { take, purse } = await opened({ price: 1, before });
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'text_too_long', ofAll: false });
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'unknown_voice', ofAll: false });
    expect(purse.spent).toEqual(NOTHING_SPENT);
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'cut_short', ofAll: false });
    expect(purse.spent).toEqual({ renders: 1, lost: 1, cost: [{ amount: 10, currency: 'credits' }] });
  });

  it('a connection that breaks is one voice’s bad luck; a server that is gone is everybody’s', async () => {
    const script: Script = {
      before: () => {
        throw fault('unreachable', 'Nobody is there.');
      },
    };
    const { take } = await opened(script);
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'unreachable', ofAll: false });
    script.status = 'failed';
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'unreachable', ofAll: true });
  });

  it('end at once where the run is stopped, and what was under way counts', async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const { take, purse } = await opened({
      price: 1,
      before: (_, signal) => {
        begun.resolve(signal);
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const asked = failing(take(VOICE, TEXT));
    const signal = await begun.promise;
    stop.abort();
    expect(await asked).toMatchObject({ code: 'cancelled' });
    expect(signal.aborted).toBe(true);
    expect(purse.spent).toMatchObject({ renders: 1, lost: 1, cost: [{ amount: 10 }] });
    expect(await failing(take(VOICE, 'Another one.'))).toMatchObject({ code: 'cancelled' });
    expect(provider.requests).toHaveLength(1);
  });

  it('are not asked for where it was stopped while their price was looked up', async () => {
    await opened({});
    const purse = new Purse([], 10);
    const synthesis = {
      ...bench.synthesis,
      quote: async () => {
        stop.abort();
        return { there: false, characters: 1, cost: null };
      },
    };
    const parts = { library: () => bench.library, registry: bench.registry, synthesis, purse, signal: stop.signal };
    expect(await failing(createTakesFor(parts).take(VOICE, TEXT))).toMatchObject({ code: 'cancelled' });
    expect(provider.requests).toEqual([]);
    expect(purse.spent).toEqual(NOTHING_SPENT);
  });

  it('are made by whoever waited for another one that was left', async () => {
    const begun = Promise.withResolvers<void>();
    let nth = 0;
    const { take, purse } = await opened({
      price: 1,
      before: (_, signal) => {
        nth += 1;
        begun.resolve();
        if (nth > 1) return;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const parts = { library: () => bench.library, registry: bench.registry, synthesis: bench.synthesis };
    const leaves = new AbortController();
    const other = new Purse([{ amount: 100, currency: 'credits' }], 10);
    const left = failing(createTakesFor({ ...parts, purse: other, signal: leaves.signal }).take(VOICE, TEXT));
    await begun.promise;
    const waiting = take(VOICE, TEXT);
    leaves.abort();
    expect(await left).toMatchObject({ code: 'cancelled' });
    expect(await waiting).toMatchObject({ state: 'done' });
    expect(purse.spent).toMatchObject({ renders: 1, lost: 0 });
  });

  it('are not asked for where they would be billed and nobody can say how much', async () => {
    const { take, purse } = await opened({ bills: true });
    expect(await failing(take(VOICE, TEXT))).toMatchObject({ code: 'conflict', ofAll: false });
    expect(provider.requests).toEqual([]);
    expect(purse.spent).toEqual(NOTHING_SPENT);
  });

  it('stop where a provider bills more than it said', async () => {
    const script: Script = { price: 1, dearer: 20 };
    const { take, purse } = await opened(script, { most: 100 });
    await take(VOICE, TEXT);
    expect(purse.spent.cost).toEqual([{ amount: 200, currency: 'credits' }]);
    expect(await failing(take(VOICE, 'Another one.'))).toMatchObject({ code: 'conflict', ofAll: true });
    expect(provider.requests).toHaveLength(1);
  });
});
