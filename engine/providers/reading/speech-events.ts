import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { EventStreamParser } from '../../../shared/text/event-stream.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { readErrorBody } from './error-body.ts';
import { type ReadSpeech, type ReadSpeechOptions, readSpeech } from './read-speech.ts';
import { type BodyKind, SNIFF_BYTES, sniffBody } from './sniff.ts';

/** Rate in Hz of samples whose stream does not say it. Source: OpenAI, “Text to speech”, pcm. */
const USUAL_RATE = 24_000;
/** Most characters of one event: a quarter of an hour of sound in one piece. */
const MOST_EVENT = 64 * 1024 * 1024;

/** Events of sound: OpenAI's, and the format that travisvn's server tells before the first piece. */
const SpeechEvent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('speech.audio.info'), sample_rate: z.number().int().min(8000).max(192_000) }),
  // Not `z.base64()`: its pattern runs out of stack on a sentence of sound.
  z.looseObject({ type: z.literal('speech.audio.delta'), audio: z.string() }),
  z.looseObject({ type: z.literal('speech.audio.done') }),
]);

/** The bytes of sound in a stream of events. @param onRate told the rate of its samples, where the stream says it */
async function* soundIn(
  body: AsyncIterable<Uint8Array>,
  server: string,
  onRate: (rate: number) => void,
): AsyncGenerator<Uint8Array> {
  const parser = new EventStreamParser();
  const decoder = new TextDecoder();
  for await (const piece of body) {
    for (const { event, data } of parser.push(decoder.decode(piece, { stream: true }))) {
      // Some end with this word in place of an event.
      if (data === '[DONE]') return;
      const json = parseJson(data);
      const parsed = SpeechEvent.safeParse(json);
      if (!parsed.success) {
        const said = event === 'error' || isError(json) ? readErrorBody(data) : null;
        if (said)
          throw fault('provider_fault', `${server} failed while it spoke.`, { todo: 'Try again.', said: said.message });
        continue;
      }
      if (parsed.data.type === 'speech.audio.done') return;
      if (parsed.data.type === 'speech.audio.info') onRate(parsed.data.sample_rate);
      else yield Buffer.from(parsed.data.audio, 'base64');
    }
    if (parser.held > MOST_EVENT) {
      throw fault('bad_audio', `${server} answered with something that is no sound.`, {
        kept: 'The sound that had come is kept.',
        todo: 'See whether the address is that of a speech server.',
      });
    }
  }
  throw fault('cut_short', `${server} ended without saying that it was at the end.`, {
    kept: 'The sound that had come is kept.',
    todo: 'Try again.',
  });
}

const isError = (json: unknown) => z.looseObject({ error: z.unknown() }).safeParse(json).success;

async function* from(first: IteratorResult<Uint8Array, unknown>, rest: AsyncGenerator<Uint8Array>) {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** What a stream of events never begins with. */
const NO_EVENTS: ReadonlySet<BodyKind> = new Set(['wav', 'mp3', 'ogg', 'flac', 'json', 'html']);

/** The first bytes of a body, and all of it. */
async function peeked(body: AsyncIterable<Uint8Array>) {
  const pieces = body[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  let next = await pieces.next();
  while (!next.done && head.length + next.value.length < SNIFF_BYTES) {
    head = Buffer.concat([head, next.value]);
    next = await pieces.next();
  }
  async function* all() {
    try {
      if (head.length > 0) yield head;
      for (; !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  }
  const first = next.done ? head : Buffer.concat([head, next.value]);
  return { head: first.subarray(0, SNIFF_BYTES), body: all() };
}

/**
 * Reads sound that comes as server-sent events (`speech.audio.delta`, base64). The sound in them is what its first bytes
 * say; samples without a header have the rate the stream told.
 *
 * @throws FaultError as {@link readSpeech}; provider_fault where the server tells an error; cut_short where the event that
 *   ends it is missing
 */
export async function readSpeechEvents(
  body: AsyncIterable<Uint8Array>,
  options: ReadSpeechOptions,
): Promise<ReadSpeech> {
  const begun = await peeked(body);
  // A server that passes over the wish for events answers with a file; what is before a server answers with a page.
  if (NO_EVENTS.has(sniffBody(begun.head))) return readSpeech(begun.body, options);
  let rate = options.rawRate ?? USUAL_RATE;
  const sound = soundIn(begun.body, options.server, (told) => {
    rate = told;
  });
  // The format is told before the first piece.
  const first = await sound.next();
  return readSpeech(from(first, sound), { ...options, rawRate: rate });
}
