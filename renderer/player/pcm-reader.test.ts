import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPcm } from './pcm-reader.ts';

function streamOf(pieces: Uint8Array[], broken = false): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      if (broken) controller.error(new Error('gone'));
      else controller.close();
    },
  });
}

test('samples come out whole, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 20 }), async (pieces) => {
      const bytes = pieces.flatMap((piece) => [...piece]);
      const got: number[] = [];
      await readPcm(streamOf(pieces), (samples) => got.push(...samples));
      const view = new DataView(Uint8Array.from(bytes).buffer);
      expect(got).toEqual(Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(i * 2, true)));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a broken stream is said', async () => {
  await expect(readPcm(streamOf([Uint8Array.of(1, 0)], true), () => {})).rejects.toThrow('gone');
});
