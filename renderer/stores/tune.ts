import { createDesk, Desk } from './desk.ts';
import { readPreference, writePreference } from './preferences.ts';
import { useVoices } from './voices.ts';

/** Text, voice and settings that are being worked on in Tune. Kept, so that a restart brings them back. */
export const useTune = createDesk((desk) => writePreference('tune', desk));

/** Brings back what was on the desk. @throws FaultError */
export async function restoreTune(): Promise<void> {
  const desk = await readPreference('tune', Desk);
  if (desk !== null) useTune.getState().show(desk);
}

/** Moves a speed that was not touched to where its voice begins, once that is known. @returns ends it */
export function followStart(): () => void {
  return useVoices.subscribe((now, before) => {
    if (now.voices !== before.voices) useTune.getState().settleStart();
  });
}
