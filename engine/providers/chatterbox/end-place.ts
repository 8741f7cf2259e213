import type { Fault } from '../../../shared/errors.ts';
import type { SpeechRequest } from '../provider.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import type { Place } from './place.ts';
import type { WorkLeft } from './work-left.ts';

/** A request that is over, as far as its listener goes. */
export interface EndedRequest {
  place: Place<ChatterboxServer>;
  request: SpeechRequest;
  work: WorkLeft;
  /** Whether the body of its answer came to its end. */
  body: { ended: boolean };
  signal: AbortSignal;
}

/** Errors of a connection that was closed by the other side, in words of errno(3) and undici. */
const CLOSED = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/u;
/**
 * Who closes a connection has mostly ended or died, and seldom works on behind something that closed it: longest that is
 * waited, in ms, where the server cannot say.
 */
const CLOSED_MS = 4000;

/** Failures of a server while it speaks, for which the text may be to blame. */
const FALTERING = new Set(['cut_short', 'provider_fault', 'bad_audio']);

/**
 * Gives back the place of a request: at once where the server has nothing to do any more, else when it is known to have
 * ended. What failed is told of the server, and counts against it as far as it is to blame.
 *
 * @param failure null where all is well
 * @param refused the server said so by a status: it has nothing more to do
 */
export function endPlace(
  { place, request, work, body, signal }: EndedRequest,
  failure: Fault | null,
  refused: boolean,
): void {
  const { server } = place;
  if (failure === null) {
    server.trouble = null;
    server.gone = false;
    place.done();
    return;
  }
  const closed = CLOSED.test(failure.said ?? '');
  const idle = refused || body.ended || server.found?.dialect.hosted === true;
  const left = idle ? 0 : closed ? Math.min(CLOSED_MS, work.ms()) : work.ms();
  if (signal.aborted || failure.code === 'cancelled') {
    if (left > 0) place.left(left);
    else place.unused();
  } else if (failure.code === 'unreachable') {
    server.trouble = failure.message;
    server.gone = true;
    place.failed(closed ? left : 0);
  } else if (work.begun && FALTERING.has(failure.code)) {
    server.trouble = failure.message;
    // What is no sound from the start comes from something before the server, or is all that it has to say.
    place.faltered(request.text, failure.code === 'bad_audio' && !work.heardAny ? 0 : left);
  } else if (left > 0 && failure.code === 'busy') place.left(left);
  else place.unused();
}
