import { s16ToBytes } from '../../shared/sound/pcm.ts';
import type { StartedTake } from '../synthesis/synthesis.ts';

/** A pull stream over pieces of bytes; its cancel ends the iteration. */
export function streamOf(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      } catch (thrown) {
        controller.error(thrown);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** Sound as the page gets it: raw PCM s16le in one channel, what it is in the headers, broken off where it failed. */
export function pcmResponse(take: StartedTake): Response {
  const headers: Record<string, string> = {
    'content-type': `audio/pcm;rate=${take.sampleRate};encoding=s16le;channels=1`,
    'cache-control': 'no-store',
    'x-timbre-take': take.takeId,
    'x-timbre-rate': String(take.sampleRate),
    'x-timbre-cached': take.cached ? '1' : '0',
  };
  if (take.totalSamples !== null) headers['x-timbre-samples'] = String(take.totalSamples);
  async function* bytes() {
    for await (const chunk of take.read()) yield s16ToBytes(chunk);
  }
  return new Response(streamOf(bytes()), { headers });
}
