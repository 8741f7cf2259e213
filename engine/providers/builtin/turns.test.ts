import { expect, it, vi } from 'vitest';
import { Turns, turnsOfTake } from './turns.ts';

const signal = () => new AbortController().signal;

it('the turns of a take tell when the first of them came, not when it was asked for', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
  try {
    const turns = new Turns();
    const gate = Promise.withResolvers<void>();
    const busy = turns.run(signal(), () => gate.promise);
    const { turns: own, cameAt } = turnsOfTake(turns);
    const done = own.run(signal(), async () => 'spoken');
    expect(cameAt()).toBeUndefined();
    vi.setSystemTime(9000);
    gate.resolve();
    await busy;
    expect(await done).toBe('spoken');
    expect(cameAt()).toBe(9000);
  } finally {
    vi.useRealTimers();
  }
});
