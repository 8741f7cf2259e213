import { fault } from '../../../shared/errors.ts';
import { HttpClient } from '../http/http-client.ts';
import type { SpeechStream } from '../provider.ts';
import type { ReadSpeechOptions } from '../reading/read-speech.ts';

/** Most bytes of a recording: ten minutes of MP3. */
const MOST_BYTES = 10 * 1024 * 1024;
/** How long all of it may take, in ms. */
const MOST_MS = 30_000;

/** Whether a recording may be fetched from there: over TLS, or from the very server whose API has none. */
function isAllowed(url: URL, base: URL): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && base.protocol === 'http:' && url.hostname === base.hostname;
}

/**
 * Fetches a recording of a voice: without the key, as it lies with others.
 *
 * @param base where the API is
 * @throws FaultError forbidden, too_large, cancelled, busy (too slow), bad_audio, and what its server says
 */
export async function previewSound(
  address: string,
  base: string,
  decode: ReadSpeechOptions['decode'],
  signal: AbortSignal,
): Promise<SpeechStream> {
  const url = new URL(address);
  if (!isAllowed(url, new URL(base))) {
    throw fault('forbidden', 'The recording of this voice lies at an address that is not asked.', {
      todo: 'Make a take to hear the voice.',
    });
  }
  const client = new HttpClient({ server: 'The server of the recording', base: url.origin });
  const limit = new AbortController();
  const late = setTimeout(
    () => limit.abort(fault('busy', 'The recording of this voice did not come in time.', { todo: 'Try again.' })),
    MOST_MS,
  );
  const leave = () => limit.abort();
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    const { body } = await client.ask({ path: `${url.pathname}${url.search}`, signal: limit.signal });
    const { samples, sampleRate } = await decode(await wholeOf(body), 'the recording of this voice');
    return {
      sampleRate,
      totalSamples: samples.length,
      request: {},
      seed: null,
      chunks: only(samples),
      cost: () => ({ estimated: 0, billed: 0, currency: '' }),
    };
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', leave);
    await client.close();
  }
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_BYTES) throw fault('too_large', 'The recording of this voice has more than 10 MB.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function* only(samples: Int16Array): AsyncGenerator<Int16Array> {
  yield samples;
}
