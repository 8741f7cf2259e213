import type { MappingReading } from '../../../shared/schemas/mapping-deeds.ts';
import * as calls from './mapping-calls.ts';
import { useMappings, writes } from './mappings.ts';

/** What a file would change of the open mapping, without changing anything. @throws FaultError */
export function planReadBack(mappingId: string, file: File): Promise<MappingReading> {
  return calls.readFile(mappingId, file, false);
}

/** Takes over what a file says into the open mapping: all of it, or nothing. @throws FaultError */
export async function applyReadBack(file: File): Promise<void> {
  const { current } = useMappings.getState();
  if (current === null) return;
  await writes(() => calls.readFile(current.id, file, true));
}
