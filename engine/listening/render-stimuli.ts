import { writeFile } from 'node:fs/promises';
import { fault } from '../../shared/errors.ts';
import { anchor } from '../../shared/listening/anchor.ts';
import { dithered } from '../../shared/listening/dithered.ts';
import { commonPlaces, placeTrack } from '../../shared/listening/place-track.ts';
import { placeBytes, stimulusBytes } from '../../shared/listening/stimulus-body.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { processedLength, renderOffline } from '../../shared/sound/chain-offline.ts';
import { s16ToBytes } from '../../shared/sound/pcm.ts';
import type { StoredSound } from '../analysis/analysis-task.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { isMissing } from '../library/files.ts';
import { storageFault } from '../library/storage-fault.ts';
import type { StimulusTask } from './stimulus-task.ts';

/** @throws FaultError not_found */
async function load(sound: StoredSound): Promise<Int16Array> {
  try {
    return await loadSamples(sound);
  } catch (thrown) {
    throw isMissing(thrown) ? fault('not_found', 'The sound of this take is not there.') : thrown;
  }
}

/** @throws FaultError disk_full, not_writable */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { mode: 0o600 });
  } catch (thrown) {
    throw storageFault(thrown);
  }
}

/**
 * Writes the files of all stimuli of a trial. Each is `samples` long and has a place track as long as that.
 *
 * @returns bytes of each file
 * @throws FaultError not_found where a sound is gone, unsupported for its rate, disk_full, not_writable
 */
export async function renderStimuli({ samples, hubSeconds, sounds }: StimulusTask): Promise<number> {
  const tracked = sounds.map(({ sound, studio, map }) => ({
    map,
    speed: studio.speed,
    seconds: processedLength(sound.samples, sound.sampleRate, studio.speed) / CHAIN_RATE,
  }));
  const places = hubSeconds === null ? null : commonPlaces(tracked, hubSeconds);
  for (const [at, { sound, studio, gain, stimuli }] of sounds.entries()) {
    const frames = await renderOffline(await load(sound), sound.sampleRate, studio);
    for (const { path, anchor: lowPassed, lead, noise } of stimuli) {
      const heard = dithered(lowPassed ? anchor(frames) : frames, { gain, lead, samples, noise });
      const track = placeTrack(places?.[at] ?? null, lead, samples, noise);
      await write(path, Buffer.concat([s16ToBytes(heard), placeBytes(track)]));
    }
  }
  return stimulusBytes(samples);
}
