import type { TimeMap } from '../../shared/alignment/time-map.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { fault, toFault } from '../../shared/errors.ts';
import { commonLength, leadOf } from '../../shared/listening/place-track.ts';
import { anchorOf, referenceOf } from '../../shared/listening/planned-trials.ts';
import type { PreparedTrial, StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import { seeded } from '../../shared/seeded.ts';
import { processedLength } from '../../shared/sound/chain-offline.ts';
import type { Aligner } from '../alignment/aligner.ts';
import type { Levels } from '../levels/levels.ts';
import type { Library } from '../library/library.ts';
import type { StimulusTask, TrialSound } from './stimulus-task.ts';

/** What the sounds of a trial are made with. */
export interface SoundParts {
  library(): Pick<Library, 'audio'>;
  aligner: Pick<Aligner, 'align'>;
  levels: Pick<Levels, 'gains'>;
}

/** What is said of every sound that cannot be had: no word of which one it is. */
export const soundGone = () =>
  fault('not_found', 'A sound of this listening test is not there any more.', {
    kept: 'Every answer given so far is kept.',
    todo: 'Abandon the session, and make the test anew.',
  });

/** The take behind a place of a trial. */
export function takeOf({ texts, slots }: StoredTest, text: number, what: number | null): string {
  const heard = texts[text];
  const count = slots.length;
  const take =
    what === referenceOf(count) || what === anchorOf(count)
      ? heard?.reference
      : what === null
        ? null
        : heard?.takes[what];
  if (!take) throw soundGone();
  return take;
}

/** Maps from the hub to every other take, or null where one of them is not to be trusted. */
async function mapsFrom(hub: string, takes: readonly string[], { align }: SoundParts['aligner']) {
  const maps = new Map<string, TimeMap | null>([[hub, null]]);
  try {
    for (const take of takes) {
      if (take === hub) continue;
      const { map, trusted } = await align(hub, take);
      if (!trusted) return null;
      maps.set(take, map);
    }
  } catch (thrown) {
    // What cannot be aligned can still be heard from its beginning.
    if (toFault(thrown).code === 'cancelled') throw thrown;
    return null;
  }
  return maps;
}

const studioOf = (test: StoredTest, take: string) => test.studio[take] ?? NEUTRAL_STUDIO;

function soundOf({ library }: SoundParts, take: string) {
  const sound = library().audio(take);
  if (!sound) throw soundGone();
  return sound;
}

/** The take, silence before it and length of every stimulus of a trial, in samples at the rate of the chain. */
export function heardFrames(parts: SoundParts, test: StoredTest, trial: StoredTrial) {
  return trial.places.map(({ stimulus, what, noise }) => {
    const take = takeOf(test, trial.text, what);
    const { samples, sampleRate } = soundOf(parts, take);
    const frames = processedLength(samples, sampleRate, studioOf(test, take).speed);
    const seed = noise ?? 0;
    return { stimulus, take, anchor: what === anchorOf(test.slots.length), noise: seed, lead: leadOf(seed), frames };
  });
}

/**
 * Works out how the stimuli of a trial are made: how loud, how long, and where in the text each is at what time.
 *
 * @param pathOf the file of a stimulus
 * @throws FaultError not_found, cancelled
 */
export async function makeTask(
  parts: SoundParts,
  test: StoredTest,
  trial: StoredTrial,
  pathOf: (stimulus: string) => string,
): Promise<{ task: StimulusTask; prepared: PreparedTrial }> {
  const heard = heardFrames(parts, test, trial);
  // In an order that does not depend on which of them is heard as what.
  const takes = [...new Set(heard.map(({ take }) => take))].toSorted();
  const level = test.equalLoudness
    ? await parts.levels.gains(takes.map((takeId) => ({ takeId, studio: studioOf(test, takeId) })))
    : null;
  const gains = new Map(takes.map((take, at) => [take, level?.gains[at] ?? 0]));
  // Which one the others are aligned with is drawn anew for each trial, so that it is no mark of a slot.
  const draw = seeded(heard.reduce((sum, { noise }) => sum + noise, 0));
  const hub = takes[Math.floor(draw() * takes.length)] ?? '';
  const maps = await mapsFrom(hub, takes, parts.aligner);
  const samples = commonLength(heard);
  const sounds: TrialSound[] = takes.map((take) => ({
    sound: soundOf(parts, take),
    studio: studioOf(test, take),
    gain: gains.get(take) ?? 0,
    map: maps?.get(take) ?? null,
    stimuli: heard
      .filter((place) => place.take === take)
      .map(({ stimulus, anchor, lead, noise }) => ({ path: pathOf(stimulus), anchor, lead, noise })),
  }));
  const { samples: hubSamples, sampleRate: hubRate } = soundOf(parts, hub);
  return {
    task: { samples, hubSeconds: maps ? hubSamples / hubRate : null, sounds },
    prepared: {
      gains: heard.map(({ take }) => gains.get(take) ?? 0),
      by: level?.by ?? null,
      switching: maps ? 'word' : 'restart',
      samples,
    },
  };
}
