import { unpackFeatures } from '../../shared/alignment/pack-features.ts';
import { identityMap } from '../../shared/alignment/time-map.ts';
import { fault } from '../../shared/errors.ts';
import type { Alignment } from '../../shared/schemas/alignment.ts';
import type { Library } from '../library/library.ts';
import type { StartedTake } from '../synthesis/synthesis.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { AlignedAnswer, type AlignmentTask, FeaturesAnswer } from './alignment-task.ts';

/** Alignments kept in memory. */
const KEPT = 500;

/** Seconds from which on a take is long: aligning it takes more than a second or two. */
const LONG = 90;

const isLong = ({ samples, sampleRate }: { samples: number; sampleRate: number }) => samples > LONG * sampleRate;

/** Says which time of a take is which of another one of the same text. */
export interface Aligner {
  /**
   * Aligns two takes. What was aligned before is answered at once.
   * @throws FaultError not_found, conflict while one of them is being made, cancelled when closed meanwhile
   */
  align(a: string, b: string): Promise<Alignment>;
  /**
   * From s of a sound that is no take to s of a take of the same text.
   * @param samples s16, one channel
   * @throws FaultError as {@link align}
   */
  alignSound(samples: Int16Array, sampleRate: number, takeId: string): Promise<Pick<Alignment, 'map' | 'trusted'>>;
  /** Takes in the sound of a take while it is made, so that aligning it later does not wait. */
  listen(take: StartedTake): void;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Aligns in a thread of its own, which starts with the first take. Features are kept in the library. */
export function createAligner(library: () => Library): Aligner {
  const url = workerUrl('alignment-worker', './alignment-worker.ts', import.meta.url);
  const worker = new TaskWorker(url, 'alignment');
  /** For long takes, so that short ones do not wait for them. It starts with the first of them. */
  const slow = new TaskWorker(url, 'alignment of long takes');
  const kept = new Map<string, Promise<AlignedAnswer>>();
  /** Features that are being computed, by take. */
  const making = new Map<string, Promise<Uint8Array | null>>();
  let closing = false;

  const ask = (task: AlignmentTask, transfer: ArrayBuffer[] = []) => worker.run(task, FeaturesAnswer, { transfer });

  async function whileMade({ takeId, sampleRate, read }: StartedTake): Promise<Uint8Array | null> {
    const name = takeId;
    try {
      let first = true;
      for await (const piece of read()) {
        // Others listen to the same piece.
        const samples = new Int16Array(piece);
        await ask({ kind: 'push', name, sampleRate, samples, first }, [samples.buffer]);
        first = false;
      }
      return (await ask({ kind: 'finish', name })).features;
    } catch {
      // It broke off, or the thread died: what is stored of it can still be read.
      if (!closing) await ask({ kind: 'drop', name }).catch(() => undefined);
      return null;
    }
  }

  function keep(takeId: string, work: Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    making.set(takeId, work);
    return work
      .then((features) => {
        if (features) library().storeFeatures(takeId, features);
        return features;
      })
      .finally(() => making.delete(takeId));
  }

  function listen(take: StartedTake): void {
    if (closing || making.has(take.takeId) || library().features(take.takeId)) return;
    // Who aligns the take asks for it again.
    keep(take.takeId, whileMade(take)).catch(() => undefined);
  }

  function storedSound(takeId: string) {
    // Also one that was removed while a comparison or a test needs it: its sound is kept.
    const sound = library().audio(takeId);
    if (!sound || sound.samples === 0) throw fault('not_found', 'The sound of this take is not there.');
    if (library().take(takeId)?.state === 'rendering') throw fault('conflict', 'This take is still being made.');
    return sound;
  }

  async function featuresOf(takeId: string): Promise<Uint8Array> {
    const sound = storedSound(takeId);
    await making.get(takeId)?.catch(() => null);
    const known = library().features(takeId);
    if (known && unpackFeatures(known)) return known;
    const by = isLong(sound) ? slow : worker;
    const stored = by.run({ kind: 'stored', sound }, FeaturesAnswer).then(({ features }) => features);
    const features = await keep(takeId, stored);
    if (!features) throw fault('internal', 'This take could not be looked at.');
    return features;
  }

  async function aligned(a: string, b: string): Promise<AlignedAnswer> {
    const [first, second] = await Promise.all([featuresOf(a), featuresOf(b)]);
    const side = (takeId: string, features: Uint8Array) => ({ features, timings: library().timings(takeId) });
    const by = [a, b].some((takeId) => isLong(storedSound(takeId))) ? slow : worker;
    return by.run({ kind: 'align', a: side(a, first), b: side(b, second) }, AlignedAnswer);
  }

  async function align(a: string, b: string): Promise<Alignment> {
    const [soundA, soundB] = [storedSound(a), storedSound(b)];
    if (soundA.path === soundB.path) return { a, b, ...sameSound(soundA.samples / soundA.sampleRate) };
    const key = `${soundA.path}\n${soundB.path}`;
    let work = kept.get(key);
    if (!work) {
      work = aligned(a, b);
      kept.set(key, work);
      work.catch(() => kept.delete(key));
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    }
    return { a, b, ...(await work) };
  }

  async function alignSound(
    samples: Int16Array,
    sampleRate: number,
    takeId: string,
  ): Promise<Pick<Alignment, 'map' | 'trusted'>> {
    const features = await featuresOf(takeId);
    const name = crypto.randomUUID();
    const own = new Int16Array(samples);
    await ask({ kind: 'push', name, sampleRate, samples: own, first: true }, [own.buffer]);
    const sound = await ask({ kind: 'finish', name });
    if (!sound.features) throw fault('internal', 'The sound could not be looked at.');
    const [a, b] = [sound.features, features].map((side) => ({ features: side, timings: null }));
    return worker.run({ kind: 'align', a, b }, AlignedAnswer);
  }

  return {
    align,
    alignSound,
    listen,
    close: async () => {
      closing = true;
      await Promise.all([worker.close(), slow.close()]);
    },
  };
}

/** Every time of a sound is the same in itself. @param duration s */
function sameSound(duration: number): AlignedAnswer {
  return { map: identityMap(duration), by: 'sound', trusted: true, doubts: [] };
}
