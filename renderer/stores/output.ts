import { z } from 'zod';
import { player } from '../player/studio-player.ts';
import { readPreference, writePreference } from './preferences.ts';

/** Preference that names the sound output chosen last; '' is the system's own choice. */
const OUTPUT = 'output';

/** Plays on this output from now on, also after a restart. Problems are told in the player's state. */
export async function chooseOutput(id: string): Promise<void> {
  writePreference(OUTPUT, id);
  await player.setOutput(id);
}

/** Takes up the output chosen last. One that is gone is taken up as soon as it is back. @throws FaultError */
export async function restoreOutput(): Promise<void> {
  const id = await readPreference(OUTPUT, z.string().max(1000));
  if (id !== null && id !== '') await player.setOutput(id);
}
