import { z } from 'zod';
import { Fault } from '../errors.ts';
import { AnsweredBy, Id, Take } from './take.ts';
import { ProviderHealth } from './voice.ts';

/** What the engine tells the page by server-sent events. */
export const StudioEvent = z.discriminatedUnion('type', [
  /** A take was made or changed. */
  z.object({ type: z.literal('take'), take: Take }),
  /** A take that was asked for is not in the library, or not whole, for this reason. */
  z.object({ type: z.literal('refused'), takeId: Id, fault: Fault }),
  /** Another voice speaks in place of the one that was asked for. */
  z.object({ type: z.literal('fallback'), takeId: Id, voiceName: z.string(), answeredBy: AnsweredBy }),
  /** Takes, presets, comparisons, listening tests, mappings, projects, voices, connections or the status's problems changed in a way that is best read anew. */
  z.object({
    type: z.literal('changed'),
    what: z.enum([
      'takes',
      'presets',
      'comparisons',
      'listening',
      'mappings',
      'projects',
      'voices',
      'connections',
      'library',
      'problems',
    ]),
  }),
  z.object({ type: z.literal('provider'), health: ProviderHealth }),
  /** How far a long task is. `progress` is 0-1, or null where it cannot be told. */
  z.object({
    type: z.literal('progress'),
    task: z.string(),
    label: z.string(),
    progress: z.number().nullable(),
    done: z.boolean(),
  }),
  /** A menu item or shortcut of the desktop shell. */
  z.object({ type: z.literal('command'), command: z.string() }),
]);
export type StudioEvent = z.infer<typeof StudioEvent>;
