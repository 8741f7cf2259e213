import { z } from 'zod';
import { toFault } from '../../../shared/errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { HttpFault } from '../http/http-fault.ts';

/** How long a server may take to say what it is, in ms. One that speaks may answer only after it has spoken. */
const LOOK_MS = 5000;

/** Statuses that say that this kind of server has no such call. */
const NO_SUCH_CALL = new Set([400, 404, 405, 406, 410, 501]);

/**
 * Asks a call that only some kinds of server have.
 *
 * @returns null where the server has no such call, or answers it in another form
 * @throws FaultError where it cannot be reached, is busy or refuses the key
 */
export async function lookUp<Schema extends z.ZodType>(
  client: HttpClient,
  path: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.infer<Schema> | null> {
  try {
    const answer = await client.json({ path, signal, firstByteMs: LOOK_MS }, z.unknown());
    const parsed = schema.safeParse(answer);
    return parsed.success ? parsed.data : null;
  } catch (thrown) {
    if (thrown instanceof HttpFault && NO_SUCH_CALL.has(thrown.status)) return null;
    throw thrown;
  }
}

/**
 * Whether a call is answered at all, however: a server that is at work may answer nothing.
 * @throws FaultError unreachable, where nobody is there who could be at work
 */
export async function answers(
  client: HttpClient,
  path: string,
  signal: AbortSignal,
  withinMs: number,
): Promise<boolean> {
  try {
    const { release } = await client.ask({ path, signal, firstByteMs: withinMs });
    release();
    return true;
  } catch (thrown) {
    const { code } = toFault(thrown);
    if (code === 'unreachable') throw thrown;
    return thrown instanceof HttpFault || code === 'cancelled';
  }
}
