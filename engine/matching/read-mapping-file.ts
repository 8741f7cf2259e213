import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import { mappingChanges, type PlannedChange } from '../../shared/mapping/mapping-changes.ts';
import { readMapping } from '../../shared/mapping/mapping-formats.ts';
import type { MappingChange, MappingReading } from '../../shared/schemas/mapping-deeds.ts';
import type { MappingStore } from '../library/mapping-store.ts';

/** A file of a mapping, as it was sent. */
export interface SentMapping {
  /** Its name, which tells its format. */
  name: string;
  text: string;
}

/** Does what was planned. @returns the ids of the rows, in the plan's order @throws FaultError too_large, invalid */
function apply(mappings: MappingStore, mappingId: string, changes: readonly PlannedChange[]): string[] {
  const added = mappings.addRows(
    mappingId,
    changes.flatMap(({ added }) => added ?? []),
  );
  const next = added.values();
  return changes.map(({ rowId, choice, verdict }) => {
    const id = rowId ?? next.next().value?.id;
    if (id === undefined) throw fault('conflict', 'The mapping was changed meanwhile.', { kept: 'It is as it was.' });
    if (choice) mappings.patchRow(id, { choice: choice.becomes, byHand: true });
    if (verdict) mappings.fileVerdict(id, verdict.becomes);
    return id;
  });
}

/**
 * Reads a file of a mapping back, in whatever format it is.
 *
 * @param doIt whether it is done, all of it or nothing; else it is only said what it would change
 * @throws FaultError not_found, invalid, library_newer, too_large; conflict where the file leads the other way
 */
export function readMappingFile(
  mappings: MappingStore,
  mappingId: string,
  { name, text }: SentMapping,
  doIt: boolean,
): MappingReading {
  const read = readMapping(text, name);
  return mappings.together(() => {
    const mapping = mappings.one(mappingId);
    if (!mapping) throw fault('not_found', 'There is no such mapping (any more).', { kept: 'Nothing was changed.' });
    const reading = { name, now: Date.now(), newId: randomUUID };
    const { changes, ...rest } = mappingChanges(mapping, read, reading);
    const ids = doIt ? apply(mappings, mappingId, changes) : [];
    const told = changes.map(
      (change, i): MappingChange => ({
        ...change,
        rowId: change.rowId ?? ids[i] ?? null,
        added: change.added !== null,
      }),
    );
    return { applied: doIt, changes: told, ...rest };
  });
}
