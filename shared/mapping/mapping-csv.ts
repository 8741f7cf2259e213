import type { Settings } from '../controls/controls.ts';
import { type CsvCell, csvLine } from '../report/csv.ts';
import { ProfileFeature } from '../schemas/mapping.ts';
import { parameterCell, textCell } from './csv-cells.ts';
import type { MappingFile, MappingFileRow } from './mapping-file.ts';

export type Side = 'old' | 'new';

/** Name of the column of a provider's own parameter. */
export const parameterColumn = (side: Side, name: string) => `${side} parameter ${name}`;
/** Name of the column of what is left of a feature, in the units of a leftover. */
export const leftoverColumn = (feature: ProfileFeature) => `left ${feature}`;

/** Begins a file: without it spreadsheets do not take it for UTF-8. */
const MARK = '\ufeff';

type Column = readonly [name: string, of: (row: MappingFileRow) => CsvCell];

const text = (value: string | null | undefined): CsvCell => (value ? textCell(value) : null);

function settingsColumns(side: Side): Column[] {
  const setting = (name: string, of: (settings: Settings) => CsvCell): Column => [
    `${side} ${name}`,
    (row) => {
      const settings = row[side]?.settings;
      return settings ? of(settings) : null;
    },
  ];
  return [
    setting('speed', ({ speed }) => speed),
    setting('pitch st', ({ pitch }) => pitch),
    setting('volume dB', ({ volume }) => volume),
    setting('emotion', ({ emotion }) => emotion.name),
    setting('emotion intensity', ({ emotion }) => emotion.intensity),
    setting('seed', ({ seed }) => seed),
  ];
}

function parameterColumns(side: Side, rows: readonly MappingFileRow[]): Column[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row[side]?.settings?.parameters ?? {})));
  return [...names].map((name) => [
    parameterColumn(side, name),
    (row) => {
      const parameters = row[side]?.settings?.parameters ?? {};
      return Object.hasOwn(parameters, name) ? parameterCell(parameters[name]) : null;
    },
  ]);
}

function voiceColumns(side: Side): Column[] {
  return [
    [`${side} voice`, (row) => text(row[side]?.voiceName)],
    [`${side} voice id`, (row) => text(row[side]?.voiceId)],
    [`${side} model`, (row) => text(row[side]?.modelId)],
  ];
}

function columnsOf(rows: readonly MappingFileRow[]): Column[] {
  return [
    ...voiceColumns('old'),
    ['old language', ({ old }) => text(old.language)],
    ['old gender', ({ old }) => old.gender],
    ['old accent', ({ old }) => text(old.accent)],
    ...voiceColumns('new'),
    ['verdict', ({ verdict }) => verdict],
    ['by', ({ by }) => text(by)],
    ['at', ({ at }) => at],
    ['note', ({ note }) => text(note)],
    ['distance', ({ distance }) => distance],
    ...ProfileFeature.options.map(
      (name): Column => [
        leftoverColumn(name),
        ({ leftover }) => leftover.find(({ feature }) => feature === name)?.value ?? null,
      ],
    ),
    ...settingsColumns('new'),
    ...parameterColumns('new', rows),
    ...settingsColumns('old'),
    ...parameterColumns('old', rows),
  ];
}

/**
 * A mapping as CSV (RFC 4180, UTF-8 with a byte order mark): one row a voice, whatever its verdict. Speed in times
 * normal, pitch in semitones, volume in dB; a column for each parameter of the providers. What the mapping is called and
 * between whom it is has no place in it.
 */
export function writeMappingCsv({ rows }: MappingFile): string {
  const columns = columnsOf(rows);
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => of(row)))];
  return MARK + lines.map(csvLine).join('');
}
