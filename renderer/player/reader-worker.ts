// Reads streams of sound away from the page's thread, so that a page that is busy drawing does not hold sound up.
import { z } from 'zod';
import { ArrivalPeaks } from './arrival-peaks.ts';
import type { Command, SamplesMessage } from './messages.ts';
import { ArrivalMeter } from './pace.ts';
import { readPcm } from './pcm-reader.ts';
import { ReaderCommand, type ReaderReport } from './reader-messages.ts';
import { takeHeaders } from './take-headers.ts';

// The page's policy forbids eval, which zod would otherwise try.
z.config({ jitless: true });

/** Times real time that is told of a stream that came all at once. */
const FASTEST = 1000;

type Bytes = ReadableStream<Uint8Array>;

let audioThread: MessagePort | null = null;
const reading = new Map<string, AbortController>();

function report(what: ReaderReport): void {
  globalThis.postMessage(what);
}

function send(message: Command | SamplesMessage): void {
  if (message.type === 'samples') audioThread?.postMessage(message, [message.samples.buffer]);
  else audioThread?.postMessage(message);
}

/** Reads a stream to its end and hands it on. Always ends with a report of that. */
async function read(key: string, rate: number, announced: number | null, body: Bytes, signal: AbortSignal) {
  const arrival = new ArrivalMeter();
  const loudness = new ArrivalPeaks(rate);
  let count = 0;
  let broken: string | null = null;
  send({ type: 'load', key, rate });
  const stop = () => void body.cancel().catch(() => undefined);
  try {
    await readPcm(body, (samples) => {
      signal.throwIfAborted();
      count += samples.length;
      arrival.push(performance.now() / 1000, samples.length / rate);
      const peaks = loudness.push(samples);
      send({ type: 'samples', key, samples });
      report({ type: 'arrived', key, samples: count, peaks });
    });
    if (announced !== null && count < announced) broken = `${announced} samples were announced, ${count} came`;
  } catch (thrown) {
    broken = thrown instanceof Error ? thrown.message : String(thrown);
    stop();
  }
  send({ type: 'end', key, broken: broken !== null });
  report({ type: 'end', key, samples: count, broken, delay: arrival.delay, rate: Math.min(FASTEST, arrival.rate) });
}

async function fetchSound(command: Extract<ReaderCommand, { type: 'fetch' }>, signal: AbortSignal): Promise<void> {
  const { key, url, method, headers, body } = command;
  const nothing = (broken: string) => report({ type: 'end', key, samples: 0, broken, delay: 0, rate: 0 });
  try {
    const response = await fetch(url, { method, headers, body, signal });
    const sound = response.ok && response.body ? takeHeaders(response.headers) : null;
    const said = sound ? null : await response.text();
    report({ type: 'answer', key, status: response.status, headers: [...response.headers], body: said });
    if (sound && response.body) await read(key, sound.rate, sound.samples, response.body, signal);
    else nothing('The answer is no sound.');
  } catch (thrown) {
    nothing(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

globalThis.onmessage = ({ data, ports }: MessageEvent) => {
  if (ports[0]) {
    audioThread = ports[0];
    return;
  }
  const command = ReaderCommand.parse(data);
  const { key } = command;
  if (command.type === 'abort') {
    reading.get(key)?.abort();
    return;
  }
  const abort = new AbortController();
  reading.set(key, abort);
  const { signal } = abort;
  const done =
    command.type === 'fetch'
      ? fetchSound(command, signal)
      : read(key, command.rate, command.samples, command.stream as Bytes, signal);
  void done.finally(() => reading.delete(key));
};
