import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

function streamOf(pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(to) {
      for (const piece of pieces) to.enqueue(encoder.encode(piece));
      to.close();
    },
  });
}

async function read(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(stream, signal)) lines.push(line);
  return lines;
}

describe('lines of a stream', () => {
  it('come whole, wherever the stream was cut', async () => {
    expect(await read(streamOf(['{"a"', ':1}\n{"b":2}', '\n\n{"c":', '3}']))).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  it('may have a letter cut in two', async () => {
    const bytes = new TextEncoder().encode('ä\n');
    const stream = new ReadableStream<Uint8Array>({
      start(to) {
        to.enqueue(bytes.slice(0, 1));
        to.enqueue(bytes.slice(1));
        to.close();
      },
    });
    expect(await read(stream)).toEqual(['ä']);
  });

  it('end when the signal says so, and the stream is told', async () => {
    const controller = new AbortController();
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(new TextEncoder().encode('one\n')),
      cancel() {
        cancelled = true;
      },
    });
    const lines: string[] = [];
    for await (const line of linesOf(stream, controller.signal)) {
      lines.push(line);
      controller.abort();
    }
    expect(lines).toEqual(['one']);
    expect(cancelled).toBe(true);
  });
});
