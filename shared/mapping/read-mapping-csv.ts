import { EmotionName, type ParameterValue, Settings } from '../controls/controls.ts';
import { MappingVerdict, MOST_ROWS, ProfileFeature } from '../schemas/mapping.ts';
import { Gender } from '../schemas/voice.ts';
import { numberOf, parameterOf, textOf } from './csv-cells.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { leftoverColumn, parameterColumn, type Side } from './mapping-csv.ts';
import { MappingFileRow } from './mapping-file.ts';
import { firstIssue, type ReadMapping, tooManyRows, unreadable, withoutMark } from './read-mapping.ts';

/** What cells of a CSV file are parted by: spreadsheets of many languages write something else than the comma. */
const SEPARATORS = [',', ';', '\t'] as const;
/** Without them nothing is mapped. */
const NEEDED = ['old voice id', 'new voice id'] as const;

/** Why a row cannot be read, in words. */
class BadCell extends Error {}

/** Names of columns as people may have retyped them. Those of parameters end with a name that is left as it is. */
function columnName(cell: string): string {
  for (const side of ['old', 'new'] as const) {
    const prefix = parameterColumn(side, '');
    if (cell.trimStart().toLowerCase().startsWith(prefix)) return prefix + cell.trimStart().slice(prefix.length);
  }
  return cell.trim().toLowerCase();
}

/** The header of a file: the place of each column. @throws FaultError invalid */
function placesOf({ cells }: CsvRecord): Map<string, number> {
  const places = new Map<string, number>();
  cells.map(columnName).forEach((name, place) => {
    if (name !== '' && places.has(name)) {
      throw unreadable(`The file has two columns “${name}”.`, 'Remove or rename one of them.');
    }
    places.set(name, place);
  });
  return places;
}

/** The cells of a row by the names of their columns. */
class Cells {
  readonly #cells: readonly string[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(cells: readonly string[], places: ReadonlyMap<string, number>) {
    this.#cells = cells;
    this.#places = places;
  }

  #cell = (name: string) => this.#cells[this.#places.get(name.toLowerCase()) ?? -1] ?? '';

  text(name: string): string {
    return textOf(this.#cell(name));
  }

  /** A figure; null where the cell is empty. @throws BadCell */
  number(name: string): number | null {
    const cell = this.#cell(name);
    if (cell.trim() === '') return null;
    const value = numberOf(cell);
    if (value === null) throw new BadCell(`“${name}” is “${cell}”, which is no figure`);
    return value;
  }

  /** One of some words; null where the cell is empty. @throws BadCell */
  word<Word extends string>(name: string, words: readonly Word[]): Word | null {
    const cell = this.#cell(name).trim().toLowerCase();
    if (cell === '') return null;
    const found = words.find((word) => word === cell);
    if (found === undefined) throw new BadCell(`“${name}” is “${cell}”, which is none of ${words.join(', ')}`);
    return found;
  }

  parameters(side: Side): Record<string, ParameterValue> {
    const prefix = parameterColumn(side, '');
    const entries = [...this.#places].flatMap(([column, place]) => {
      const value = column.startsWith(prefix) ? parameterOf(this.#cells[place] ?? '') : undefined;
      return value === undefined ? [] : [[column.slice(prefix.length), value] as const];
    });
    return Object.fromEntries(entries);
  }
}

/** Settings of one side; null where none of them is there. What is missing among them is neutral. */
function settingsIn(cells: Cells, side: Side): Settings | null {
  const emotion = {
    name: cells.word(`${side} emotion`, EmotionName.options),
    intensity: cells.number(`${side} emotion intensity`),
  };
  const numbers = {
    speed: cells.number(`${side} speed`),
    pitch: cells.number(`${side} pitch st`),
    volume: cells.number(`${side} volume dB`),
    seed: cells.number(`${side} seed`),
  };
  const parameters = cells.parameters(side);
  const there = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const said = { ...there(numbers), emotion: there(emotion), parameters };
  const nothing = [...Object.values(numbers), ...Object.values(emotion), ...Object.values(parameters)];
  if (nothing.every((value) => value === null)) return null;
  const parsed = Settings.safeParse(said);
  if (!parsed.success) throw new BadCell(`among the ${side} settings, ${firstIssue(parsed.error)}`);
  return parsed.data;
}

const voiceIn = (cells: Cells, side: Side) => ({
  voiceId: cells.text(`${side} voice id`) || null,
  voiceName: cells.text(`${side} voice`),
  modelId: cells.text(`${side} model`) || null,
  settings: settingsIn(cells, side),
});

/** @throws BadCell */
function rowIn(cells: Cells): MappingFileRow {
  const successor = voiceIn(cells, 'new');
  const parsed = MappingFileRow.safeParse({
    old: {
      ...voiceIn(cells, 'old'),
      language: cells.text('old language') || null,
      gender: cells.word('old gender', Gender.options) ?? 'unknown',
      accent: cells.text('old accent'),
    },
    new: successor.voiceId === null ? null : { ...successor, settings: successor.settings ?? {} },
    verdict: cells.word('verdict', MappingVerdict.shape.verdict.options),
    by: cells.text('by'),
    at: cells.text('at').trim() || null,
    note: cells.text('note'),
    distance: cells.number('distance'),
    leftover: ProfileFeature.options.flatMap((feature) => {
      const value = cells.number(leftoverColumn(feature));
      return value === null ? [] : [{ feature, value }];
    }),
  });
  if (!parsed.success) throw new BadCell(firstIssue(parsed.error));
  return parsed.data;
}

/** The records of a file whose separator is the one that makes a header of a mapping of its first line. */
function recordsOf(text: string) {
  for (const separator of SEPARATORS) {
    const [header, ...records] = csvRecords(text, separator);
    if (header === undefined) throw unreadable('The file is empty.', 'Choose a file that Timbre wrote.');
    const names = header.cells.map(columnName);
    if (NEEDED.every((name) => names.includes(name))) return { header, records };
  }
  throw unreadable(
    `The file is no mapping: its first line does not name the columns “${NEEDED.join('” and “')}”.`,
    'Choose a file that Timbre wrote, or name its columns so.',
  );
}

/**
 * Reads a CSV file of a mapping, as it was written or as a spreadsheet wrote it anew: columns in any order, further ones
 * passed over, comma, semicolon or tab between them. A row that cannot be read is told and left out.
 *
 * @throws FaultError invalid where it is no such file; too_large
 */
export function readMappingCsv(text: string): ReadMapping {
  const { header, records } = recordsOf(withoutMark(text));
  const places = placesOf(header);
  const width = header.cells.length;
  if (records.length > MOST_ROWS) throw tooManyRows(MOST_ROWS);
  const rows: MappingFileRow[] = [];
  const problems: string[] = [];
  for (const { line, cells, problem } of records) {
    try {
      if (problem !== null) throw new BadCell(problem);
      if (cells.length > width) throw new BadCell(`it has ${cells.length} cells, the first line ${width}`);
      rows.push(rowIn(new Cells(cells, places)));
    } catch (thrown) {
      if (!(thrown instanceof BadCell)) throw thrown;
      problems.push(`Line ${line}: ${thrown.message}.`);
    }
  }
  return { head: null, rows, defaultRow: null, problems };
}
