import type { MappingSide } from '../../../shared/schemas/mapping.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { listTakes } from '../takes-calls.ts';

export { sideWords } from '../../../shared/matching/mapping-words.ts';

/** Stands for the recordings of the project where a provider could be chosen. */
export const RECORDINGS = 'recordings';

/** Recordings that are listed. */
const MOST_RECORDINGS = 500;

/** A side as it is chosen: a provider’s id or {@link RECORDINGS}. */
export function sideOf(choice: string): MappingSide {
  return choice === RECORDINGS ? { kind: 'recordings' } : { kind: 'provider', provider: choice, modelId: null };
}

/** Recordings that were brought into a project, the newest first. @throws FaultError */
export async function listRecordings(projectId: string, signal: AbortSignal): Promise<Take[]> {
  const { takes } = await listTakes({ projectId, provider: 'import', limit: MOST_RECORDINGS }, signal);
  return takes.filter(({ state }) => state === 'done');
}

/** The voice that a recording seems to be of: its name without the number at the end. “Anna 03.wav” is of Anna. */
export function speakerOf({ name }: Pick<Take, 'name'>): string {
  const bare = name.replace(/\.[a-z0-9]{2,4}$/iu, '').trim();
  return bare.replace(/[\s_-]*\(?\d+\)?$/u, '').trim() || bare;
}
