import { FaultBody, FaultError, fault } from '../../shared/errors.ts';
import type { PlaySource } from './player-state.ts';
import { type TakeHeaders, takeHeaders } from './take-headers.ts';

/** A take's stream, opened. */
export interface OpenTake extends TakeHeaders {
  response: Response;
}

/**
 * Opens the stream of a take.
 *
 * @param fetch what to ask with; reads the sound itself
 * @throws FaultError what the engine answered, `unreachable` if it did not, `bad_audio` if it is no sound of ours
 */
export async function openTake(
  source: PlaySource,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch,
): Promise<OpenTake> {
  let response: Response;
  try {
    response = await source.open(signal, fetch);
  } catch (thrown) {
    if (thrown instanceof FaultError || signal.aborted) throw thrown;
    throw fault('unreachable', 'The studio’s engine did not answer.', { todo: 'Try again, or restart the studio.' });
  }
  if (!response.ok) throw await answeredFault(response);

  const headers = takeHeaders(response.headers);
  if (!headers) {
    await response.body?.cancel();
    throw fault('bad_audio', 'The answer is not sound this player knows.', { todo: 'Render the take again.' });
  }
  return { ...headers, response };
}

/** What to say of a stream that ended in the middle. `seconds` is what had arrived. */
export function brokenOff(said: string, seconds: number): FaultError {
  return fault('cut_short', `The sound broke off after ${seconds.toFixed(1)} s.`, {
    kept: 'What had arrived can be played.',
    todo: 'Render it again for the rest.',
    said,
  });
}

async function answeredFault(response: Response): Promise<FaultError> {
  const body = FaultBody.safeParse(await response.json().catch(() => null));
  if (body.success) return new FaultError(body.data.error);
  return fault('provider_fault', `The engine answered ${response.status} instead of sound.`, { todo: 'Try again.' });
}
