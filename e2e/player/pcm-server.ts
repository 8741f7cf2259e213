// Serves the built harness under the app's own policy, and PCM that streams at a given pace, on 127.0.0.1.
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { seeded } from '../../shared/seeded.ts';
import { wavHeader } from '../../shared/sound/pcm.ts';

export interface PcmClip {
  samples: Int16Array;
  /** Hz. */
  rate: number;
}

export interface PcmServer {
  url: string;
  /** Streams that are being answered now. */
  open(): number;
  /** Streams that were asked for. */
  asked(): number;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; media-src 'self'";

/**
 * `/pcm?clip=NAME` streams a clip. Options: `wait` ms before the first byte; `pace` times real time (0: all at once);
 * `piece` and `spread` ms of sound in each write, evenly between piece-spread and piece+spread; `jitter` ms each write is
 * late at most; `odd=1` cuts between the two bytes of samples; `break` seconds after which it breaks off; `repeat` times
 * over; `wav=1` puts a WAV header before it; `status` answers that instead.
 */
export async function startPcmServer(folder: string, clips: Record<string, PcmClip>): Promise<PcmServer> {
  let open = 0;
  let asked = 0;
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== '/pcm') {
      void serveFile(folder, url.pathname, response);
      return;
    }
    open += 1;
    asked += 1;
    response.on('close', () => {
      open -= 1;
    });
    void stream(url.searchParams, clips, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => open,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serveFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = join(folder, normalize(path === '/' ? '/index.html' : path));
  try {
    const content = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function stream(query: URLSearchParams, clips: Record<string, PcmClip>, response: ServerResponse): Promise<void> {
  const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
  const clip = clips[query.get('clip') ?? ''];
  const status = number('status', 200);
  if (!clip || status !== 200) {
    const error = { code: 'provider_fault', message: 'The test said no.' };
    response.writeHead(clip ? status : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    return;
  }

  const random = seeded(number('seed', 1));
  const repeat = number('repeat', 1);
  const bytes = Buffer.from(clip.samples.buffer, clip.samples.byteOffset, clip.samples.byteLength);
  const total = bytes.length * repeat;
  const second = clip.rate * 2;
  const pace = number('pace', 0);
  const end = query.has('break') ? Math.min(total, Math.round(number('break', 0) * second)) : total;
  const wait = number('wait', 0);
  if (wait > 0) await sleep(wait);
  const wav = query.get('wav') === '1';
  response.writeHead(200, {
    'content-type': wav ? 'audio/wav' : `audio/pcm;rate=${clip.rate};encoding=s16le;channels=1`,
    'x-timbre-rate': String(clip.rate),
    ...(query.get('length') === '1' ? { 'x-timbre-samples': String(total / 2) } : {}),
    ...(query.has('as') ? { 'x-timbre-take': query.get('as') ?? '' } : {}),
  });
  if (wav) response.write(wavHeader(total / 2, clip.rate));

  const began = performance.now();
  for (let sent = 0; sent < end && !response.destroyed; ) {
    const milliseconds = number('piece', 40) + (random() * 2 - 1) * number('spread', 0);
    let size = Math.max(2, Math.round((milliseconds / 1000) * clip.rate) * 2);
    if (query.get('odd') === '1') size += random() < 0.5 ? 1 : -1;
    size = Math.min(size, end - sent);
    if (pace > 0) {
      const due = (sent / second / pace) * 1000 + random() * number('jitter', 0);
      const left = due - (performance.now() - began);
      if (left > 0) await sleep(left);
    }
    const from = sent % bytes.length;
    const piece = bytes.subarray(from, Math.min(bytes.length, from + size));
    sent += piece.length;
    if (!response.write(piece)) await drained(response);
  }
  if (query.has('break')) response.destroy();
  else response.end();
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.once('drain', end).once('close', end);
  });
}
