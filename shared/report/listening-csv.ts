import { isHit, preferredSlot } from '../listening/answered.ts';
import type { ListeningResults } from '../schemas/listening-results.ts';
import { type CsvCell, csvFigure, csvLine, csvTime } from './csv.ts';
import { whatName } from './what-name.ts';

type Answer = ListeningResults['answers'][number];

/** Names of all places, in the order in which they stand on a page. */
function placesOf({ answers }: ListeningResults): string[] {
  return [...new Set(answers.flatMap(({ record }) => record.places.map(({ place }) => place)))];
}

function placeCells(results: ListeningResults, { answer, record }: Answer, name: string): CsvCell[] {
  const at = record.places.findIndex(({ place }) => place === name);
  const place = record.places[at];
  if (place === undefined) return [null, null, null, null, null];
  const heard = answer.heard[place.stimulus];
  return [
    place.what === null ? null : whatName(place.what, results.slots.length),
    answer.ratings?.[place.stimulus] ?? null,
    csvFigure(record.prepared.gains[at] ?? null, 2),
    heard?.plays ?? 0,
    csvFigure(heard?.seconds ?? 0, 2),
  ];
}

const PLACE_COLUMNS = ['is', 'rating', 'gain dB', 'plays', 'heard s'] as const;

function answerCells(results: ListeningResults, given: Answer): CsvCell[] {
  const { session, answer, record } = given;
  const listener = results.listeners.find(({ id }) => id === session);
  const preferred = results.result.method === 'preference' ? preferredSlot(given) : null;
  const text = results.texts[record.text];
  return [
    results.name,
    results.result.method,
    listener?.listener ?? null,
    session,
    listener?.left === null,
    record.index + 1,
    record.text + 1,
    text?.text ?? null,
    answer.choice ?? null,
    preferred === null ? null : whatName(preferred, results.slots.length),
    results.result.method === 'abx' ? isHit(given) : null,
    csvTime(record.shownAt),
    csvTime(record.answeredAt),
    csvFigure((record.answeredAt - record.shownAt) / 1000, 1),
    record.equalLoudness,
    record.prepared.by,
    record.prepared.switching,
    record.seeds.texts,
    record.seeds.places,
  ];
}

const COLUMNS = [
  'test',
  'method',
  'listener',
  'session',
  'counts',
  'trial',
  'text number',
  'text',
  'choice',
  'chosen slot',
  'right',
  'shown',
  'answered',
  'time s',
  'equal loudness',
  'made equal by',
  'switching',
  'seed of texts',
  'seed of places',
] as const;

/** One row for each answer, in the order of the trials, listener by listener; with a header. */
export function listeningCsv(results: ListeningResults): string {
  const places = placesOf(results);
  const header = [...COLUMNS, ...places.flatMap((place) => PLACE_COLUMNS.map((column) => `${place} ${column}`))];
  const rows = results.answers.map((given) =>
    csvLine([...answerCells(results, given), ...places.flatMap((place) => placeCells(results, given, place))]),
  );
  return csvLine(header) + rows.join('');
}
