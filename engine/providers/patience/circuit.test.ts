import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FaultCode, fault, toFault } from '../../../shared/errors.ts';
import { HttpFault } from '../http/http-fault.ts';
import { Circuit, isOutage, OpenCircuit } from './circuit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const failing = (code: FaultCode) => async () => {
  throw fault(code, `It is ${code}.`, { said: 'Words.' });
};
const well = async () => 'well';
const outcome = (promise: Promise<unknown>) => promise.catch(toFault);

async function opened(code: FaultCode = 'unreachable'): Promise<Circuit> {
  const circuit = new Circuit({ name: 'The peer', failures: 3, restMs: 2000, longestRestMs: 5000 });
  for (let nth = 0; nth < 3; nth += 1) await outcome(circuit.run(failing(code)));
  return circuit;
}

it('opens after so many failures in a row, and answers at once with what went wrong', async () => {
  const circuit = await opened('provider_fault');
  expect(circuit.open).toBe(true);
  const attempt = vi.fn(well);
  const refusal = await circuit.run(attempt).catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(OpenCircuit);
  expect(refusal).toMatchObject({
    fault: {
      code: 'provider_fault',
      message: 'The peer has failed several times in a row and is left alone for 2 s. It is provider_fault.',
      todo: 'Try again in 2 s, or use another voice.',
      kept: expect.any(String),
      said: 'Words.',
    },
  });
  expect(() => circuit.check()).toThrow(OpenCircuit);
  expect(attempt).not.toHaveBeenCalled();
});

it('closes after one success', async () => {
  const circuit = await opened();
  vi.advanceTimersByTime(2000);
  expect(circuit.open).toBe(false);
  expect(await circuit.run(well)).toBe('well');
  await outcome(circuit.run(failing('unreachable')));
  await outcome(circuit.run(failing('unreachable')));
  expect(await circuit.run(well)).toBe('well');
});

it('rests longer each time its trial fails, up to a limit', async () => {
  const circuit = await opened();
  for (const rest of [2000, 4000, 5000, 5000]) {
    vi.advanceTimersByTime(rest - 1);
    expect(circuit.open).toBe(true);
    vi.advanceTimersByTime(1);
    expect(circuit.open).toBe(false);
    expect(await outcome(circuit.run(failing('unreachable')))).toMatchObject({ message: 'It is unreachable.' });
  }
});

it('lets one go on trial, while others wait for what becomes of it', async () => {
  const circuit = await opened();
  vi.advanceTimersByTime(2000);
  let fail = () => {};
  const trial = outcome(
    circuit.run(
      () =>
        new Promise((_, reject) => {
          fail = () => reject(fault('unreachable', 'Still not.'));
        }),
    ),
  );
  const attempt = vi.fn(well);
  const other = outcome(circuit.run(attempt));
  await vi.advanceTimersByTimeAsync(0);
  fail();
  expect(await trial).toMatchObject({ message: 'Still not.' });
  expect(await other).toMatchObject({ code: 'unreachable', message: expect.stringContaining('for 4 s. Still not.') });
  expect(attempt).not.toHaveBeenCalled();
});

it('takes a trial that was cancelled for no success', async () => {
  const circuit = await opened();
  vi.advanceTimersByTime(2000);
  expect(await outcome(circuit.run(failing('cancelled')))).toMatchObject({ code: 'cancelled' });
  expect(circuit.open).toBe(true);
  expect(await outcome(circuit.run(well))).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('4 s'),
  });
});

it('takes a refusal for an answer: whoever refuses is there', async () => {
  const circuit = await opened();
  vi.advanceTimersByTime(2000);
  expect(await outcome(circuit.run(failing('bad_request')))).toMatchObject({ code: 'bad_request' });
  expect(await circuit.run(well)).toBe('well');
});

it.each(['cancelled', 'bad_request', 'unknown_voice', 'text_too_long', 'unauthorised', 'no_credit'] as const)(
  'never opens for %s',
  async (code) => {
    expect((await opened(code)).open).toBe(false);
  },
);

it('tells an outage from too many at once', () => {
  const told = (status: number) => new HttpFault({ code: 'busy', message: '' }, status, null, null);
  expect(isOutage(told(429))).toBe(false);
  expect(isOutage(told(503))).toBe(true);
  expect(isOutage(fault('busy', 'No answer in time.'))).toBe(true);
  expect(isOutage(fault('rate_limited', ''))).toBe(false);
});

it('is closed by whoever reached a server that nobody could reach', async () => {
  const circuit = await opened();
  circuit.reached();
  expect(circuit.open).toBe(false);
  await outcome(circuit.run(failing('unreachable')));
  expect(await circuit.run(well)).toBe('well');
  const failing500 = await opened('provider_fault');
  failing500.reached();
  expect(failing500.open).toBe(true);
});
