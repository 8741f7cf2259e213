import { z } from 'zod';
import { FaultError, fault } from '../../../shared/errors.ts';
import { within } from './within.ts';

/** What Node and undici put on the errors of a connection. */
const ConnectionError = z.object({
  name: z.string().default(''),
  message: z.string().default(''),
  code: z.string().default(''),
  /** Of several addresses of one name, each of which failed. */
  errors: z.array(z.unknown()).optional(),
});
type ConnectionError = z.infer<typeof ConnectionError>;

/** Why no connection came to be, in words. Source: errno(3), Node's errors of DNS and TLS. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens at this address.',
  ENOTFOUND: 'There is no machine of this name.',
  EAI_AGAIN: 'The name of the machine could not be looked up.',
  EHOSTUNREACH: 'There is no way to this machine.',
  ENETUNREACH: 'There is no way to this network.',
  ETIMEDOUT: 'The machine does not answer.',
  UND_ERR_CONNECT_TIMEOUT: 'The machine does not answer.',
  EPROTO: 'It does not speak TLS as it should: perhaps the address should begin with http://.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'It does not speak TLS: the address should begin with http://.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by itself.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate cannot be verified.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
};

/** Those of them for which this computer’s own network may be to blame. */
const NETWORK = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Those of them after which it is certain that nothing was sent: no connection stood. */
const BEFORE_ANYTHING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** No connection came to be, so that nothing was asked of the server: it may be asked again whatever it costs. */
export class NeverConnected extends FaultError {}

/** The other side closed the connection, or it broke. */
const CUT = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
]);

function fieldsOf(thrown: unknown): ConnectionError {
  const plain = thrown instanceof Error ? { ...thrown, name: thrown.name, message: thrown.message } : {};
  const errors = thrown instanceof AggregateError ? thrown.errors : undefined;
  const fields = ConnectionError.catch({ name: '', message: String(thrown), code: '' }).parse({ ...plain, errors });
  const [first] = fields.errors ?? [];
  return fields.code === '' && first !== undefined ? fieldsOf(first) : fields;
}

/**
 * Turns what broke a connection into words for a person.
 *
 * @param server who was called
 * @param signal of the request: where it was aborted the fault is `cancelled`
 * @param during whether the head of the answer was awaited, or its body read
 */
export function connectionFault(
  thrown: unknown,
  server: string,
  signal: AbortSignal,
  during: 'head' | 'body',
): FaultError {
  if (thrown instanceof FaultError) return thrown;
  if (signal.aborted) {
    return signal.reason instanceof FaultError ? signal.reason : fault('cancelled', 'The request was cancelled.');
  }
  const { code, message } = fieldsOf(thrown);
  const said = { said: (code ? `${code}: ${message}` : message).slice(0, 500) };
  const why = UNREACHABLE[code];
  if (why !== undefined) {
    const words = fault('unreachable', `${server} cannot be reached. ${why}`, {
      kept: 'Your text and takes are kept.',
      todo: NETWORK.has(code)
        ? 'See whether this computer is online, or correct the address in Settings.'
        : 'Start the server, or correct its address in Settings.',
      ...said,
    });
    return BEFORE_ANYTHING.has(code) ? new NeverConnected(words.fault) : words;
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return fault('busy', `${server} did not begin to answer in time.`, {
      kept: 'Your text and takes are kept.',
      todo: 'It may still be at work. Try again in a moment, with a shorter text if it goes on.',
      ...said,
    });
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return fault('cut_short', `${server} stopped in the midst of its answer.`, {
      kept: 'The sound that had come is kept.',
      todo: 'Try again.',
      ...said,
    });
  }
  if (during === 'head' && CUT.has(code)) {
    return fault('unreachable', `${server} closed the connection before it answered.`, {
      kept: 'Your text and takes are kept.',
      todo: 'See whether the server still runs, and try again.',
      ...said,
    });
  }
  if (during === 'body') {
    return fault('cut_short', `The connection to ${within(server)} broke in the midst of its answer.`, {
      kept: 'The sound that had come is kept.',
      todo: 'See whether the server still runs, and try again.',
      ...said,
    });
  }
  return fault('provider_fault', `The call to ${within(server)} failed.`, {
    kept: 'Your text and takes are kept.',
    ...said,
  });
}
