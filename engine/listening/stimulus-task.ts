import { z } from 'zod';
import { TimeMap } from '../../shared/alignment/time-map.ts';
import { StudioSettings } from '../../shared/controls/controls.ts';
import { StoredSound } from '../analysis/analysis-task.ts';

/** One sound of a trial, and every stimulus that is made of it. */
const TrialSound = z.object({
  sound: StoredSound,
  studio: StudioSettings,
  /** dB. */
  gain: z.number(),
  /** From a time of the hub’s take to one of this take, in s; null for the hub, and where places are plain time. */
  map: TimeMap.nullable(),
  stimuli: z.array(
    z.object({
      /** The file it is written to. */
      path: z.string(),
      /** Whether it is low-passed, as the anchor of a rating. */
      anchor: z.boolean(),
      /** Samples of silence before it. */
      lead: z.number().int().min(0),
      /** Seed of its dither and of the jitter of its places. */
      noise: z.number().int(),
    }),
  ),
});
export type TrialSound = z.infer<typeof TrialSound>;

/** What the stimulus worker is asked: all stimuli of one trial. */
export const StimulusTask = z.object({
  /** Samples of every stimulus. */
  samples: z.number().int().positive(),
  /** Length of the hub’s take in s; null where places are plain time. */
  hubSeconds: z.number().positive().nullable(),
  sounds: z.array(TrialSound),
});
export type StimulusTask = z.infer<typeof StimulusTask>;

/** What it answers: bytes of each stimulus. */
export const StimulusAnswer = z.object({ bytes: z.number().int() });
