import { z } from 'zod';
import { chosenCandidate } from '../matching/coverage.ts';
import {
  Leftover,
  MappedVoice,
  Mapping,
  type MappingRow,
  MappingSide,
  MappingVerdict,
  MOST_ROWS,
  ProfileFeature,
  SourceVoice,
  verdictInForce,
  type WholeMapping,
} from '../schemas/mapping.ts';
import { readJsonFile } from './read-mapping.ts';

/** Date and time in UTC as ISO 8601 writes them. */
export const IsoTime = z.iso.datetime();

/** The voice that is left. */
export const OldVoice = SourceVoice.omit({ recordings: true }).extend({
  /** Null where a file was read that does not say them. */
  settings: SourceVoice.shape.settings.nullable(),
});
export type OldVoice = z.infer<typeof OldVoice>;

/** A voice in a mapping file, and what takes its place. */
export const MappingFileRow = z.object({
  old: OldVoice,
  /** Null where nothing was found or chosen yet. */
  new: MappedVoice.nullable(),
  /** What somebody said of this very pair; null where nobody did. */
  verdict: MappingVerdict.shape.verdict.nullable(),
  /** Who, when, and what was noted; empty and null without a verdict. */
  by: MappingVerdict.shape.by,
  at: IsoTime.nullable(),
  note: MappingVerdict.shape.note,
  /** How far the new voice is from the old one, 0 being the same; null where it was not measured as it is set. */
  distance: z.number().min(0).nullable(),
  /** What is left between the two, in the units of {@link Leftover}, each feature once and in their order. */
  leftover: z.array(Leftover).max(20),
});
export type MappingFileRow = z.infer<typeof MappingFileRow>;

/** A mapping as a file: every row with its verdict. */
export const MappingFile = z.object({
  format: z.literal('timbre.mapping'),
  version: z.literal(1),
  name: Mapping.shape.name,
  from: MappingSide,
  to: MappingSide,
  /** When the file was made. */
  madeAt: IsoTime,
  rows: z.array(MappingFileRow).max(MOST_ROWS),
});
export type MappingFile = z.infer<typeof MappingFile>;

/** A row whose new voice may be used. */
export type ApprovedRow = MappingFileRow & { new: MappedVoice };

/** Whether a row's new voice may be used: somebody approved it as it is set. */
export const isApproved = (row: MappingFileRow): row is ApprovedRow => row.verdict === 'approved' && row.new !== null;

/** What is told of a row by a format that carries approved voices and nothing of how they came to be. */
export const plainlyApproved = (): Pick<
  MappingFileRow,
  'verdict' | 'by' | 'at' | 'note' | 'distance' | 'leftover'
> => ({ verdict: 'approved', by: '', at: null, note: '', distance: null, leftover: [] });

/** A time as ISO 8601. @param at milliseconds since the epoch */
const isoTime = (at: number) => new Date(at).toISOString();

/** What was measured of the voice that is chosen; nothing once it was set otherwise than it was measured. */
function measured(row: MappingRow): Pick<MappingFileRow, 'distance' | 'leftover'> {
  const found = chosenCandidate(row);
  if (!found) return { distance: null, leftover: [] };
  const leftover = ProfileFeature.options.flatMap(
    (name) => found.leftover.find(({ feature }) => feature === name) ?? [],
  );
  return { distance: found.distance, leftover };
}

function fileRow(row: MappingRow): MappingFileRow {
  const verdict = verdictInForce(row);
  const { recordings: _, ...old } = row.source;
  return {
    old: { ...old, language: old.language || null },
    new: row.choice,
    verdict: verdict?.verdict ?? null,
    by: verdict?.by ?? '',
    at: verdict ? isoTime(verdict.at) : null,
    note: verdict?.note ?? '',
    ...measured(row),
  };
}

/** A mapping as a file carries it: the verdicts in force, no takes and no history. @param madeAt ms since the epoch */
export function mappingFile({ name, from, to, rows }: WholeMapping, madeAt = Date.now()): MappingFile {
  return { format: 'timbre.mapping', version: 1, name, from, to, madeAt: isoTime(madeAt), rows: rows.map(fileRow) };
}

/** A mapping file as JSON text. */
export const writeMappingFile = (file: MappingFile): string => `${JSON.stringify(file, null, 2)}\n`;

const AnyMappingFile = MappingFile.pick({ format: true }).extend({ version: z.number().int().min(1) });

/** Reads what {@link writeMappingFile} wrote. @throws FaultError invalid, library_newer */
export const readMappingFile = (text: string): MappingFile =>
  readJsonFile(text, AnyMappingFile, MappingFile, 'a mapping');
