import { z } from 'zod';
import { FaultBody, FaultError, fault, toFault } from '../../shared/errors.ts';
import type { PlaySource } from './player-state.ts';

/** The headers of a take's stream. */
const TakeHeaders = z.object({
  /** Hz. */
  rate: z.coerce.number().int().min(8000).max(48_000),
  /** Samples there will be, where known. */
  samples: z.coerce.number().int().min(0).nullable(),
  /** The take that answers, where it is another one than was asked for. */
  takeId: z.string().min(1).nullable(),
});
export type TakeHeaders = z.infer<typeof TakeHeaders>;

/** A take's stream, opened. */
export interface OpenTake extends TakeHeaders {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens the stream of a take.
 *
 * @throws FaultError what the engine answered, `unreachable` if it did not, `bad_audio` if it is no sound of ours
 */
export async function openTake(source: PlaySource, signal: AbortSignal): Promise<OpenTake> {
  const response = await source.open(signal).catch((thrown: unknown) => {
    if (thrown instanceof FaultError || signal.aborted) throw thrown;
    throw fault('unreachable', 'The studio’s engine did not answer.', { todo: 'Try again, or restart the studio.' });
  });
  if (!response.ok) throw await answeredFault(response);

  const headers = TakeHeaders.safeParse({
    rate: response.headers.get('x-timbre-rate'),
    samples: response.headers.get('x-timbre-samples'),
    takeId: response.headers.get('x-timbre-take'),
  });
  if (!headers.success || !response.body) {
    await response.body?.cancel();
    throw fault('bad_audio', 'The answer is not sound this player knows.', { todo: 'Render the take again.' });
  }
  return { ...headers.data, body: response.body };
}

/** What to say of a stream that ended in the middle. `seconds` is what had arrived. */
export function brokenOff(thrown: unknown, seconds: number): FaultError {
  const { said } = toFault(thrown);
  return fault('cut_short', `The sound broke off after ${seconds.toFixed(1)} s.`, {
    kept: 'What had arrived can be played.',
    todo: 'Render it again for the rest.',
    ...(said ? { said } : {}),
  });
}

async function answeredFault(response: Response): Promise<FaultError> {
  const body = FaultBody.safeParse(await response.json().catch(() => null));
  if (body.success) return new FaultError(body.data.error);
  return fault('provider_fault', `The engine answered ${response.status} instead of sound.`, { todo: 'Try again.' });
}
