import { z } from 'zod';
import { StoredSound } from '../analysis/analysis-task.ts';

/** What the profile worker is asked. */
export const ProfileTask = z.object({ sound: StoredSound, syllables: z.number().nullable() });
export type ProfileTask = z.infer<typeof ProfileTask>;

/** Packed statistics of the voice in a sound. */
export const ProfileAnswer = z.object({ statistics: z.instanceof(Uint8Array) });
