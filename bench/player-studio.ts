// The browser shell's studio with the benchmark's provider beside the built-in one. Prints its origin.

import { inRoot } from '../build/paths.ts';
import { createGuard } from '../engine/shells/guard.ts';
import { closeOnSignals, listen } from '../engine/shells/serve.ts';
import { createStudio } from '../engine/studio.ts';
import { wavHeader } from '../shared/sound/pcm.ts';
import { BENCH_RATE, createBenchProvider } from './player-provider.ts';

const [token = ''] = process.argv.slice(2);
const provider = createBenchProvider();
const studio = await createStudio({ shell: 'web', pageFolder: inRoot('dist/page'), providers: [provider] });
const guard = createGuard(token);

/** The same clip as WAV, at the same pace, for an `<audio>` element, which cannot send the token. */
async function wavStream(text: string): Promise<Response> {
  const stream = await provider.stream(
    {
      text,
      voice: 'quick',
      model: 'pcm',
      language: null,
      speed: 1,
      pitch: 0,
      volume: 0,
      emotion: { name: 'neutral', intensity: 0 },
      seed: null,
      parameters: {},
    },
    new AbortController().signal,
  );
  const bytes = async function* () {
    yield wavHeader(Math.round(Number(text) * BENCH_RATE), BENCH_RATE);
    for await (const piece of stream.chunks) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  };
  const pieces = bytes();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
  return new Response(body, { headers: { 'content-type': 'audio/wav' } });
}

const server = await listen(
  async (request) => {
    const url = new URL(request.url);
    if (url.pathname === '/bench.wav') return wavStream(url.searchParams.get('seconds') ?? '3');
    return guard(request) ?? studio.fetch(request);
  },
  '127.0.0.1',
  0,
);
console.log(`http://127.0.0.1:${server.port}`);
closeOnSignals(async () => {
  await server.close();
  await studio.close();
});
