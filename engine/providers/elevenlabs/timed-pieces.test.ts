import { expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { timedPieces } from './timed-pieces.ts';

it('ends where a line has no end', async () => {
  const state = { closed: false };
  async function* body() {
    const piece = new Uint8Array(1024 * 1024).fill(0x78);
    try {
      for (;;) yield piece;
    } finally {
      state.closed = true;
    }
  }
  const asked = timedPieces(body()).next();
  expect(await asked.catch(toFault)).toMatchObject({
    code: 'provider_fault',
    said: 'a line that does not end',
  });
  expect(state.closed).toBe(true);
});
