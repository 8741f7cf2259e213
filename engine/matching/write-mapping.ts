import { fault } from '../../shared/errors.ts';
import { fileName } from '../../shared/export/file-name.ts';
import { mappingFile } from '../../shared/mapping/mapping-file.ts';
import { type MappingFormatId, mappingFormat } from '../../shared/mapping/mapping-formats.ts';
import type { WholeMapping } from '../../shared/schemas/mapping.ts';

/** A mapping as it is downloaded. */
export interface WrittenMapping {
  name: string;
  /** MIME type. */
  type: string;
  text: string;
}

/**
 * A mapping as a file.
 *
 * @param defaultRowId of the voice that speaks where none is named, for formats that say it; null for the first approved
 * @throws FaultError conflict where nothing is approved, or the default is not; not_found, unsupported
 */
export function writeMapping(
  mapping: WholeMapping,
  id: MappingFormatId,
  defaultRowId: string | null,
  now = Date.now(),
): WrittenMapping {
  const { ending, type, write } = mappingFormat(id);
  const defaultRow = defaultRowId === null ? null : mapping.rows.findIndex((row) => row.id === defaultRowId);
  if (defaultRow === -1) {
    throw fault('not_found', 'The voice that should be the default is not in this mapping (any more).', {
      kept: 'The mapping is as it was.',
      todo: 'Choose another one.',
      param: 'default',
    });
  }
  const text = write(mappingFile(mapping, now), { defaultRow });
  const { name } = mapping;
  const named = { project: '', voice: '', line: 1, take: mapping.id.slice(0, 8), settings: '', name, date: now };
  return { name: `${fileName('{name}-{date}', named)}${ending}`, type, text };
}
