import { z } from 'zod';
import { parseJson } from '../text/parse-json.ts';
import type { AgentAudioFormat } from './agent-voice.ts';
import { writeMappingCsv } from './mapping-csv.ts';
import { readMappingEnv, writeMappingEnv } from './mapping-env.ts';
import { type MappingFile, readMappingFile, writeMappingFile } from './mapping-file.ts';
import { readMappingPython, writeMappingPython } from './mapping-python.ts';
import { readMappingTypeScript, writeMappingTypeScript } from './mapping-typescript.ts';
import { type ReadMapping, unreadable, withoutMark } from './read-mapping.ts';
import { readMappingCsv } from './read-mapping-csv.ts';
import {
  placeInRollback,
  RollbackFile,
  readRollbackFile,
  rollbackFile,
  rollbackMapping,
  writeRollbackFile,
} from './rollback-file.ts';

export const MappingFormatId = z.enum(['json', 'csv', 'env', 'python', 'typescript', 'rollback', 'rollback-env']);
export type MappingFormatId = z.infer<typeof MappingFormatId>;

/** A kind of file that a mapping leaves the studio as. */
export interface MappingFormat {
  id: MappingFormatId;
  /** For a person. */
  label: string;
  /** What it is for, in a sentence. */
  purpose: string;
  /** Ending of its files, with the dot. */
  ending: string;
  /** MIME type. */
  type: string;
  /** Which rows are in it: all with their verdicts, or the approved ones. */
  rows: 'all' | 'approved';
  /** What comes back from it: rows as they were, or the new voices, and of the old ones their ids and names. */
  readsBack: 'rows' | 'new voices';
  /** @throws FaultError conflict where nothing is approved and the format carries nothing else; unsupported */
  write(file: MappingFile, options?: MappingFormatOptions): string;
  /** @throws FaultError invalid, library_newer, too_large */
  read(text: string): ReadMapping;
}

/** What a person chooses for formats that an agent reads. */
export interface MappingFormatOptions {
  /** Index in the file's rows of the voice that speaks where none is named; by default the first approved one. */
  defaultRow?: number | null;
  /** By default 24 kHz, 16 bits, one channel. */
  audioFormat?: AgentAudioFormat;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
const TEXT_TYPE = 'text/plain; charset=utf-8';

function ofFile({ rows, ...head }: MappingFile): ReadMapping {
  return { head, rows, defaultRow: null, problems: [] };
}

const FORMATS: Readonly<Record<MappingFormatId, Omit<MappingFormat, 'id'>>> = {
  json: {
    label: 'JSON',
    purpose: 'Everything, for programs and for another Timbre.',
    ending: '.timbre.json',
    type: JSON_TYPE,
    rows: 'all',
    readsBack: 'rows',
    write: writeMappingFile,
    read: (text) => ofFile(readMappingFile(text)),
  },
  csv: {
    label: 'CSV',
    purpose: 'Every voice with its verdict, for a spreadsheet and back.',
    ending: '.csv',
    type: CSV_TYPE,
    rows: 'all',
    readsBack: 'rows',
    write: writeMappingCsv,
    read: readMappingCsv,
  },
  env: {
    label: '.env',
    purpose: 'The default voice as the gateway and a voice agent read it, and every approved voice as a variable.',
    ending: '.env',
    type: TEXT_TYPE,
    rows: 'approved',
    readsBack: 'new voices',
    write: writeMappingEnv,
    read: readMappingEnv,
  },
  python: {
    label: 'Python module',
    purpose: 'A dictionary from each old id to the new voice, with settings and audio format as requests take them.',
    ending: '.py',
    type: TEXT_TYPE,
    rows: 'approved',
    readsBack: 'new voices',
    write: (file, options) => writeMappingPython(file, options?.audioFormat),
    read: readMappingPython,
  },
  typescript: {
    label: 'TypeScript module',
    purpose: 'The same with types, importing nothing.',
    ending: '.ts',
    type: TEXT_TYPE,
    rows: 'approved',
    readsBack: 'new voices',
    write: (file, options) => writeMappingTypeScript(file, options?.audioFormat),
    read: readMappingTypeScript,
  },
  rollback: {
    label: 'Rollback, JSON',
    purpose: 'The way back: each new voice with the old one, its model and settings.',
    ending: '.rollback.timbre.json',
    type: JSON_TYPE,
    rows: 'approved',
    readsBack: 'rows',
    write: (file) => writeRollbackFile(rollbackFile(file)),
    read: (text) => ofFile(rollbackMapping(readRollbackFile(text))),
  },
  'rollback-env': {
    label: 'Rollback, .env',
    purpose: 'The way back for an agent: its old default voice, and every old voice as a variable.',
    ending: '.rollback.env',
    type: TEXT_TYPE,
    rows: 'approved',
    readsBack: 'new voices',
    write: (file, options) =>
      writeMappingEnv(rollbackMapping(rollbackFile(file)), {
        ...options,
        defaultRow: placeInRollback(file, options?.defaultRow ?? null),
      }),
    read: readMappingEnv,
  },
};

/** A format by its id. */
export const mappingFormat = (id: MappingFormatId): MappingFormat => ({ id, ...FORMATS[id] });

/** Every format, in the order in which they are offered. */
export const MAPPING_FORMATS: readonly MappingFormat[] = MappingFormatId.options.map(mappingFormat);

const AnyRollback = RollbackFile.pick({ format: true });

/** The format a file is in, by the end of its name and, of JSON, by what it says of itself. */
function formatOf(name: string, text: string): MappingFormat {
  if (/\.json$/iu.test(name)) {
    return mappingFormat(AnyRollback.safeParse(parseJson(withoutMark(text))).success ? 'rollback' : 'json');
  }
  const found = MAPPING_FORMATS.find(({ ending }) => name.toLowerCase().endsWith(ending));
  if (found) return found;
  const endings = [
    '.json',
    ...MAPPING_FORMATS.map(({ ending }) => ending).filter((ending) => !ending.endsWith('.json')),
  ];
  throw unreadable(`“${name}” is no file of a mapping.`, `Choose one that ends with ${endings.join(', ')}.`);
}

/**
 * Reads a file of a mapping in whatever format it is.
 *
 * @param name of the file
 * @throws FaultError invalid, library_newer, too_large
 */
export const readMapping = (text: string, name: string): ReadMapping => formatOf(name, text).read(text);
