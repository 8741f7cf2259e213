import { z } from 'zod';
import { StudioSettings } from '../../shared/controls/controls.ts';
import { HeardLevel } from '../../shared/sound/equal-loudness.ts';
import { StoredSound } from '../analysis/analysis-task.ts';

/** What the level worker is asked: how loud a stored sound is with what the studio does to it. */
export const LevelTask = z.object({ sound: StoredSound, studio: StudioSettings });
export type LevelTask = z.infer<typeof LevelTask>;

/** What it answers. */
export const LevelAnswer = HeardLevel;
