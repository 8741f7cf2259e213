import { ZipWriter } from '@zip.js/zip.js';
import { fault } from '../../shared/errors.ts';

/** A file in a zip. */
export interface ZipEntry {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A zip made while it is read: entries are stored (sound hardly shrinks), each asked for when there is room for it.
 * What the entries throw, and `stop`, break the stream off, so that it is never taken for whole.
 *
 * @param stop aborted here when the reader no longer wants it
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, stop: AbortController): ReadableStream<Uint8Array> {
  let wake = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const sink = new WritableStream<Uint8Array>({
        async write(bytes) {
          controller.enqueue(bytes);
          if ((controller.desiredSize ?? 0) > 0) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        },
      });
      const write = async () => {
        const zip = new ZipWriter(sink, { useWebWorkers: false, level: 0 });
        for await (const { name, bytes } of entries) await zip.add(name, new Blob([bytes]).stream());
        await zip.close();
      };
      stop.signal.addEventListener('abort', () => {
        controller.error(fault('cancelled', 'The export was cancelled.'));
        wake();
      });
      write().then(
        () => {
          if (!stop.signal.aborted) controller.close();
        },
        (thrown) => controller.error(thrown),
      );
    },
    pull: () => wake(),
    cancel: () => stop.abort(),
  });
}
