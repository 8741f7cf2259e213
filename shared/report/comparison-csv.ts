import { heardVoice } from '../export/heard-voice.ts';
import { SLOT_LETTERS } from '../schemas/comparison.ts';
import type { ComparisonReportHead, ComparisonReportText } from './comparison-report.ts';
import { type CsvCell, csvFigure, csvLine, csvTime } from './csv.ts';
import type { ReportedTake } from './reported-take.ts';

/** What a row is about. */
interface Row {
  head: ComparisonReportHead;
  /** Number of the text, from 0. */
  index: number;
  text: string;
  /** Place of the slot, from 0. */
  place: number;
  reported: ReportedTake;
}

const COLUMNS: readonly (readonly [name: string, of: (row: Row) => CsvCell])[] = [
  ['comparison', ({ head }) => head.comparison.name],
  ['text number', ({ index }) => index + 1],
  ['text', ({ text }) => text],
  ['slot', ({ place }) => SLOT_LETTERS[place] ?? ''],
  ['slot name', ({ head, place }) => head.slots[place]?.name ?? ''],
  ['take', ({ reported }) => reported.take.id],
  ['state', ({ reported }) => reported.take.state],
  ['as the slot stands', ({ reported }) => reported.current],
  ['voice', ({ reported }) => heardVoice(reported.take)],
  ['voice id', ({ reported: { take } }) => take.answeredBy?.voiceId ?? take.voiceId],
  ['provider', ({ reported: { take } }) => take.answeredBy?.provider ?? take.provider],
  ['model', ({ reported: { take } }) => take.answeredBy?.model ?? take.model],
  ['speed', ({ reported }) => reported.take.settings.speed],
  ['pitch st', ({ reported }) => reported.take.settings.pitch],
  ['volume dB', ({ reported }) => reported.take.settings.volume],
  ['emotion', ({ reported }) => reported.take.settings.emotion.name],
  ['emotion intensity', ({ reported }) => reported.take.settings.emotion.intensity],
  ['seed', ({ reported }) => reported.take.seed],
  ['parameters', ({ reported }) => JSON.stringify(reported.take.settings.parameters)],
  ['from the library', ({ reported }) => reported.take.cached],
  ['first sound ms', ({ reported }) => csvFigure(reported.figures.firstSound, 0)],
  ['total ms', ({ reported }) => csvFigure(reported.figures.total, 0)],
  ['cost estimated', ({ reported }) => reported.take.cost.estimated],
  ['cost billed', ({ reported }) => reported.take.cost.billed],
  ['currency', ({ reported }) => reported.take.cost.currency],
  ['loudness LUFS', ({ reported }) => csvFigure(reported.figures.loudness, 2)],
  ['true peak dBTP', ({ reported }) => csvFigure(reported.level?.truePeak ?? null, 2)],
  ['gain dB', ({ reported }) => csvFigure(reported.gain, 2)],
  ['duration s', ({ reported }) => csvFigure(reported.figures.duration, 3)],
  ['words per minute', ({ reported }) => csvFigure(reported.figures.wordsPerMinute, 1)],
  ['pitch Hz', ({ reported }) => csvFigure(reported.figures.pitch, 1)],
  ['pitch range st', ({ reported }) => csvFigure(reported.figures.pitchRange, 2)],
  ['says the same words', ({ reported }) => reported.alignment?.trusted ?? null],
  ['rating', ({ reported }) => reported.take.rating],
  ['note', ({ reported }) => reported.take.note],
  ['made', ({ reported }) => csvTime(reported.take.createdAt)],
];

/** Names of the columns. */
export const comparisonCsvHeader = () => csvLine(COLUMNS.map(([name]) => name));

/** One row for each take of a text. @param index number of the text, from 0 */
export function comparisonCsvRows(head: ComparisonReportHead, text: ComparisonReportText, index: number): string {
  return text.takes
    .map((reported, place) => {
      if (reported === null) return '';
      return csvLine(COLUMNS.map(([, of]) => of({ head, index, text: text.text, place, reported })));
    })
    .join('');
}
