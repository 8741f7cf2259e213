import { fault } from '../../shared/errors.ts';

/**
 * All bytes of a request, as long as they are not too many.
 *
 * @param limit most bytes, whole MB
 * @throws FaultError too_large, invalid (there is no body)
 */
export async function readLimited(
  request: Request,
  limit: number,
  { what, todo }: { what: string; todo: string },
): Promise<Uint8Array<ArrayBuffer>> {
  if (!request.body) throw fault('invalid', `There is no ${what} in the request.`);
  const tooLarge = () =>
    fault('too_large', `The ${what} is larger than ${Math.round(limit / 1024 / 1024)} MB.`, { todo });
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of sent(request.body)) {
    size += piece.byteLength;
    if (size > limit) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * The pieces of a body. A sender who leaves in its midst is no mistake in Timbre.
 *
 * @throws FaultError cancelled
 */
export async function* sent(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* body;
  } catch (thrown) {
    throw fault('cancelled', 'The request broke off before all of it had come.', {
      said: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}
