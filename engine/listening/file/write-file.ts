import { fault } from '../../../shared/errors.ts';
import { commonLength } from '../../../shared/listening/place-track.ts';
import { stimulusBytes } from '../../../shared/listening/stimulus-body.ts';
import {
  type FileTrial,
  LISTENING_FILE_VERSION,
  LISTENING_MANIFEST,
  type ListeningManifest,
  stimulusEntry,
} from '../../../shared/schemas/listening-file.ts';
import type { StoredSession, StoredTest, StoredTrial } from '../../../shared/schemas/listening-key.ts';
import { type ZipEntry, zipStream } from '../../export/zip-stream.ts';
import { heardFrames, type SoundParts } from '../make-task.ts';
import type { ReadyTrial } from '../stimuli.ts';
import { FILE_LIMIT } from './read-file.ts';

/** What a file is made of. */
export interface FileParts {
  sounds: SoundParts;
  test: StoredTest;
  session: StoredSession;
  trials: readonly StoredTrial[];
  /** Makes the sounds of a trial, and stores what they were made with. */
  ready(trial: StoredTrial): Promise<ReadyTrial>;
}

/** Bytes of all sounds, worked out before any of them is made. */
function bytesOf({ sounds, test, trials }: FileParts): number {
  return trials.reduce((sum, trial) => {
    const samples = commonLength(heardFrames(sounds, test, trial));
    return sum + trial.places.length * stimulusBytes(samples);
  }, 0);
}

async function all(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) list.push(piece);
  return Buffer.concat(list);
}

/** Times that the sounds of a trial are made and read anew, where others had them taken away in between. */
const READINGS = 4;

/** All sounds of a trial at once: how fast a file is fetched must not decide how long they are needed. */
async function soundsOf(trial: StoredTrial, ready: FileParts['ready']) {
  for (let reading = 1; ; reading += 1) {
    const { prepared, read } = await ready(trial);
    try {
      const sounds = await Promise.all(
        trial.places.map(async ({ stimulus }) => ({ stimulus, bytes: await all(read(stimulus)) })),
      );
      return { prepared, sounds };
    } catch (thrown) {
      if (reading === READINGS) throw thrown;
    }
  }
}

async function* entries({ test, session, trials, ready }: FileParts): AsyncGenerator<ZipEntry> {
  const written: FileTrial[] = [];
  for (const trial of trials) {
    const { prepared, sounds } = await soundsOf(trial, ready);
    const places = trial.places.map(({ place, stimulus, rated }) => ({ place, stimulus, rated }));
    for (const { stimulus, bytes } of sounds) yield { name: stimulusEntry(stimulus), bytes };
    written.push({ id: trial.id, text: trial.text, places, samples: prepared.samples, switching: prepared.switching });
  }
  const manifest: ListeningManifest = {
    format: 'timbre.listening-test',
    version: LISTENING_FILE_VERSION,
    session: session.id,
    listener: session.listener,
    name: test.name,
    method: test.method,
    texts: test.showText ? test.texts.map(({ text }) => text) : [],
    trials: written,
    writtenAt: Date.now(),
  };
  yield { name: LISTENING_MANIFEST, bytes: new TextEncoder().encode(JSON.stringify(manifest)) };
}

/**
 * A session as a file, made while it is read: its trials and their sounds, and nothing by which one could be told from
 * another.
 *
 * @throws FaultError too_large, not_found
 */
export function writeFile(parts: FileParts): ReadableStream<Uint8Array> {
  if (bytesOf(parts) > FILE_LIMIT) {
    throw fault('too_large', `The sounds of this session have more than ${FILE_LIMIT / 1024 ** 3} GB.`, {
      todo: 'Make a test of fewer texts or trials.',
    });
  }
  return zipStream(entries(parts), new AbortController());
}
