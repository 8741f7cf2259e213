import { Agent, type Dispatcher, type FormData, request } from 'undici';
import type { z } from 'zod';
import { type FaultError, fault } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { readErrorBody } from '../reading/error-body.ts';
import { connectionFault } from './connection-fault.ts';
import { type Refusal, retryAfter, statusFault } from './http-fault.ts';
import { type Redact, redactJson, redactor, withoutSecrets } from './secrets.ts';

/** How long each step of an exchange may take, in ms, and how many connections there may be. */
export interface HttpLimits {
  connectMs: number;
  /** From the request being sent to the first byte of the answer. */
  firstByteMs: number;
  /** Between two pieces of a body. */
  betweenBytesMs: number;
  /** Connections to one address that may be open at once; more requests wait. */
  connections: number;
}

export const USUAL_LIMITS: HttpLimits = {
  connectMs: 5000,
  firstByteMs: 60_000,
  betweenBytesMs: 30_000,
  connections: 10,
};

export interface HttpClientOptions {
  /** Who is called, for messages. */
  server: string;
  /** What all paths are below. */
  base: string;
  /** Sent with every request: the key, for example. */
  headers?: Readonly<Record<string, string>>;
  /** Taken out of every text that comes back: the key, which a server may say back. */
  secrets?: readonly string[];
  limits?: Partial<HttpLimits>;
  /** How long all of an answer of JSON may take from its first byte on, in ms; by default a minute. */
  jsonMs?: number;
  /** Makes of a refusal what it means in this server's dialect; null for what its status means. */
  refusal?(refusal: Refusal): FaultError | null;
}

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base, beginning with a slash. */
  path: string;
  query?: Readonly<Record<string, string>>;
  json?: unknown;
  form?: FormData;
  signal: AbortSignal;
  /** In place of the client's own. */
  firstByteMs?: number;
}

/** A successful answer. Its body is read, or let go by {@link release}. */
export interface HttpAnswer {
  status: number;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
  /** Pieces as they come. Ends early, with a FaultError, where the server does; leaving it closes the connection. */
  body: AsyncIterable<Uint8Array>;
  release(): void;
}

/** Most bytes of an answer that is read as a whole: lists of voices come to some hundred kB. */
const MOST_JSON = 32 * 1024 * 1024;
/** All of such an answer is waited for no longer than this from its first byte on, in ms: it may trickle for ever. */
const JSON_MS = 60_000;
/** Most bytes of a refusal that are read. */
const MOST_REFUSAL = 64 * 1024;
/** A refusal's words are waited for no longer than this, in ms: its status is known already. */
const REFUSAL_MS = 2000;

const headerOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/**
 * Calls one server over kept connections. A request is never sent twice: patience is somebody else's, who knows what may
 * be asked again.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #limits: HttpLimits;
  readonly #agent: Agent;
  readonly #redact: Redact;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#limits = { ...USUAL_LIMITS, ...options.limits };
    this.#redact = redactor(options.secrets ?? []);
    this.#agent = new Agent({
      connections: this.#limits.connections,
      connectTimeout: this.#limits.connectMs,
      headersTimeout: this.#limits.firstByteMs,
      bodyTimeout: this.#limits.betweenBytesMs,
      // A dead kept connection is found out by the next request; the fewer of them the better.
      keepAliveTimeout: 20_000,
      pipelining: 1,
    });
  }

  /**
   * Asks, and resolves with the head of a successful answer.
   *
   * @throws FaultError unreachable, busy (no answer in time), cancelled, cut_short, or what the server's refusal means
   */
  async ask(asked: HttpRequest): Promise<HttpAnswer> {
    const { server, headers = {} } = this.#options;
    const { method = 'GET', json, form, signal, firstByteMs } = asked;
    const own: Record<string, string> = { accept: '*/*', ...headers };
    if (json !== undefined) own['content-type'] = 'application/json';
    let response: Dispatcher.ResponseData;
    try {
      response = await request(this.#url(asked), {
        method,
        headers: own,
        body: form ?? (json === undefined ? null : JSON.stringify(json)),
        dispatcher: this.#agent,
        signal,
        ...(firstByteMs === undefined ? {} : { headersTimeout: firstByteMs }),
      });
    } catch (thrown) {
      throw this.clean(connectionFault(thrown, server, signal, 'head'));
    }
    if (response.statusCode >= 300) throw await this.#refused(response);
    const answer = response;
    return {
      status: answer.statusCode,
      header: (name) => {
        const value = headerOf(answer.headers[name]);
        return value === undefined ? undefined : this.#redact(value);
      },
      body: this.#body(answer, signal),
      release: () => {
        answer.body.on('error', () => undefined);
        answer.body.destroy();
      },
    };
  }

  /**
   * Asks for JSON.
   * @throws FaultError as {@link ask}; provider_fault where the answer has not the form it should have
   */
  async json<Schema extends z.ZodType>(asked: HttpRequest, schema: Schema): Promise<z.infer<Schema>> {
    const { server } = this.#options;
    const text = redactJson(await this.#wholeAnswer(asked), this.#redact);
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw fault('provider_fault', `${server} answered ${asked.path} in a form that is not known.`, {
      todo: 'See whether the address is that of a speech server.',
      said: readErrorBody(text.slice(0, MOST_REFUSAL))?.message ?? 'nothing',
    });
  }

  /** What was thrown, without the secrets: for what is read of a body by somebody else. */
  clean(thrown: unknown): unknown {
    return withoutSecrets(thrown, this.#redact);
  }

  /** Closes every connection, also those in use. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #url({ path, query }: HttpRequest): URL {
    const url = new URL(this.#options.base.replace(/\/+$/u, '') + path);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    return url;
  }

  async #refused(response: Dispatcher.ResponseData): Promise<FaultError> {
    const { statusCode: status, headers } = response;
    const text = await refusalText(response);
    const refusal: Refusal = {
      status,
      said: readErrorBody(redactJson(text, this.#redact)),
      retryAfterMs: retryAfter(headerOf(headers['retry-after'])),
    };
    return this.#options.refusal?.(refusal) ?? statusFault(this.#options.server, refusal);
  }

  /** All of an answer as text. @throws FaultError as {@link ask}; busy where it trickles */
  async #wholeAnswer(asked: HttpRequest): Promise<string> {
    const { server, jsonMs = JSON_MS } = this.#options;
    const slow = new AbortController();
    const { body } = await this.ask({ ...asked, signal: AbortSignal.any([asked.signal, slow.signal]) });
    const late = setTimeout(
      () =>
        slow.abort(
          fault('busy', `${server} answers too slowly.`, {
            kept: 'Your text and takes are kept.',
            todo: 'Try again in a moment.',
          }),
        ),
      jsonMs,
    );
    try {
      return await wholeText(body, MOST_JSON);
    } finally {
      clearTimeout(late);
    }
  }

  async *#body({ body }: Dispatcher.ResponseData, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of body) yield piece;
    } catch (thrown) {
      throw this.clean(connectionFault(thrown, this.#options.server, signal, 'body'));
    }
  }
}

/** What a refusal says; nothing where it does not come in time or breaks off. */
async function refusalText({ body }: Dispatcher.ResponseData): Promise<string> {
  const late = setTimeout(() => body.destroy(), REFUSAL_MS);
  try {
    return await wholeText(body, MOST_REFUSAL);
  } catch {
    return '';
  } finally {
    clearTimeout(late);
  }
}

/** All of a body as text, or as much of it as is allowed. */
async function wholeText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) break;
  }
  return new TextDecoder().decode(Buffer.concat(pieces).subarray(0, most));
}
