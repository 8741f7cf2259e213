import { offerBrokenOff } from './sitting.ts';
import { restoreWaiting } from './waiting.ts';

/** Reads what blind listening was at when the page was last left: who was to come, and who was broken off. @throws FaultError */
export async function restoreListening(): Promise<void> {
  await Promise.all([restoreWaiting(), offerBrokenOff()]);
}
