import type { TimeMap } from '../../alignment/time-map.ts';
import { heardVoice } from '../../export/heard-voice.ts';
import type { Doubt } from '../../schemas/alignment.ts';
import type { GainsAnswer } from '../../schemas/compare.ts';
import { letterAt, type Switching } from '../../schemas/comparison.ts';
import { levelWords, NO_FIGURE, orNone, waitWords } from '../../text/figure-words.ts';
import type { ReportedTake } from '../reported-take.ts';
import { costWords } from '../take-figures.ts';
import { type Html, type HtmlValue, html, said } from './html.ts';
import { slotClass } from './slot-marks.ts';
import { highestPeak, type Pictured, wavePicture } from './wave-picture.ts';

/** A take in a report’s page. */
export interface PagedTake extends Pictured {
  /** From the axis of its text to the take, in s as heard; null where it is not to be trusted. */
  track: TimeMap | null;
}

/** Who says a text where it is no slot. */
export interface Speaker {
  /** What stands on its button. */
  key: string;
  /** “the old voice”. */
  name: string;
}

/** A text in a report’s page. */
export interface PagedText {
  /** From 0. */
  index: number;
  text: string;
  /** In the order of the slots, a reference behind them; null where there is none. */
  takes: readonly (PagedTake | null)[];
  /** How many slots there are; a take behind them is the reference. */
  slots: number;
  equal: Pick<GainsAnswer, 'by' | 'lowered'> | null;
  switching: Switching;
  /** In the order of the takes; by default the letters of their slots. */
  speakers?: readonly Speaker[];
}

/** The sound of a take as it is put into the page: its type, or why there is none. */
export type PagedSound = { type: string } | { why: string } | null;

const COLUMNS: readonly (readonly [name: string, title: string])[] = [
  ['LUFS', 'Loudness as it is heard, before it is matched (BS.1770)'],
  ['Gain dB', 'What makes all of them equally loud'],
  ['Length s', 'As it is heard, at its own speed'],
  ['W/min', 'Words in a minute'],
  ['Pitch Hz', 'Median pitch as it is heard'],
  ['Range st', 'From the 5th to the 95th percentile of the pitch'],
  ['First sound', 'From asking to the first sound'],
  ['Total', 'From asking to the last sound'],
  ['Cost', 'What was billed, or (≈) estimated'],
];

/** What the columns mean, for those who read the page on paper. */
export const columnsExplained = (): Html =>
  html`<dl class="terms">${COLUMNS.map(([name, title]) => html`<div><dt>${name}</dt><dd>${title}.</dd></div>`)}</dl>`;

function figureCells({ take, figures, gain }: ReportedTake): Html {
  const rendered = take.source === 'rendered';
  const words = [
    orNone(figures.loudness, levelWords),
    orNone(gain, (value) => (Math.abs(value) < 0.05 ? '0.0' : levelWords(value))),
    orNone(figures.duration, (value) => value.toFixed(2)),
    orNone(figures.wordsPerMinute, (value) => value.toFixed(0)),
    orNone(figures.pitch, (value) => value.toFixed(0)),
    orNone(figures.pitchRange, (value) => value.toFixed(1)),
    orNone(figures.firstSound, waitWords),
    orNone(figures.total, waitWords),
    rendered ? costWords(take) : NO_FIGURE,
  ];
  return html`${words.map((word) => html`<td class="figure">${word}</td>`)}`;
}

const DOUBTS: Record<Doubt['kind'], string> = { other: 'other words', missing: 'words missing', added: 'words added' };

/** What should be known of a take before it is compared. */
function notesOf({ take, current, alignment, level }: ReportedTake, sound: PagedSound): Html[] {
  const notes: Html[] = [];
  if (!current) notes.push(html`The slot or the text was changed after this was made.`);
  if (take.answeredBy) {
    notes.push(html`Spoken by ${said(heardVoice(take))} in place of ${said(take.voiceName || take.voiceId)}.`);
  }
  if (take.state !== 'done') notes.push(html`It is ${take.state}: ${said(take.fault?.message ?? 'it has no end')}`);
  if (take.cached) notes.push(html`Answered from the library: it was not waited for.`);
  if (alignment && !alignment.trusted) {
    const where = alignment.doubts.map(({ kind, b }) => {
      const at = (time: number) => (time / take.studio.speed).toFixed(1);
      return `${DOUBTS[kind]} at ${at(b.from)}–${at(b.to)} s`;
    });
    notes.push(html`It does not seem to say the same words${where.length > 0 ? `: ${where.join(', ')}` : ''}.`);
  }
  if ((level?.truePeak ?? -1) > 0) notes.push(html`It is louder than full scale and was clipped.`);
  if (take.note) notes.push(html`Note: ${said(take.note)}`);
  if (sound && 'why' in sound) notes.push(html`Its sound is not in this page: ${said(sound.why)}`);
  return notes;
}

const rounded = (times: readonly number[]) => times.map((time) => Number(time.toFixed(3)));

function trackData(track: TimeMap | null): string {
  return track ? JSON.stringify([rounded(track.from), rounded(track.to)]) : '';
}

const longestOf = ({ takes }: PagedText) =>
  takes.reduce((most, take) => Math.max(most, take?.reported.figures.duration ?? 0), 0);

const FLIPS: Record<Switching, string> = {
  word: 'A flip goes on at the same word where the takes could be aligned.',
  second: 'A flip goes on at the same second.',
  restart: 'A flip begins the text anew.',
};

function equalWords({ equal }: PagedText): string {
  if (equal === null) return 'As loud as they are.';
  if (equal.by === 'none') return 'One of them is silent: loudness is not matched.';
  const by =
    equal.by === 'loudness' ? 'integrated loudness (BS.1770)' : 'the level of what is spoken (under 0.4 s of speech)';
  const lowered =
    equal.lowered > 0.05 ? `, all ${levelWords(equal.lowered)} dB lower so that no peak is over −1 dBTP` : '';
  return `The louder ones are attenuated to the quietest by ${by}${lowered}.`;
}

/** Opens the section of a text: its sounds are flipped between, and which is heard is said at its head. */
export function sectionStart(text: PagedText, title: HtmlValue, audible: boolean): Html {
  const heading = `text-${text.index + 1}`;
  return html`<section class="text" data-text data-switching="${text.switching}" data-longest="${longestOf(text).toFixed(3)}" aria-labelledby="${heading}">
<div class="headline"><h3 id="${heading}">${title}</h3>${audible && html`<p class="now"><span data-now aria-live="polite"></span><span class="clock" data-clock aria-hidden="true"></span></p>`}</div>
`;
}

/** What is said, and the head of the table of takes. @param label what they are the takes of */
export function takesStart(text: PagedText, label: string, audible: boolean): Html {
  const several = text.takes.filter((take) => take !== null).length > 1;
  return html`<blockquote dir="auto">${text.text}</blockquote>
${several && html`<p class="dim">${equalWords(text)}${audible && html` <span class="keys">${FLIPS[text.switching]}</span>`}</p>`}
<div class="wide" tabindex="0" role="group" aria-label="Takes of ${label}">
<table class="takes">
<thead><tr><th scope="col">${text.speakers ? 'Voice' : 'Slot'}</th><th scope="col" class="picture">As it is heard</th>${COLUMNS.map(([name, title]) => html`<th scope="col" class="figure" title="${title}">${name}</th>`)}</tr></thead>
<tbody>
`;
}

/** What stands before the takes of a text. @param audible whether sound is put into the page */
export function textStart(text: PagedText, audible: boolean): Html {
  const name = text.index + 1;
  return html`${sectionStart(text, `Text ${name}`, audible)}${takesStart(text, `text ${name}`, audible)}`;
}

export const textEnd = (): Html => html`</tbody>
</table>
</div>
</section>
`;

/** A row in two halves, with the data of its sound between them where it has one. */
export interface TakeRow {
  before: Html;
  after: Html;
}

/** The take at a place of a text. */
export function takeRow(text: PagedText, place: number, sound: PagedSound): TakeRow {
  const paged = text.takes[place] ?? null;
  const reference = place >= text.slots;
  const letterOf = reference ? 'R' : letterAt(place);
  const { key, name } = text.speakers?.[place] ?? { key: letterOf, name: reference ? 'the reference' : letterOf };
  const colour = reference ? 'slot-reference' : slotClass(place);
  const letter = html`<span class="badge ${colour}">${key}</span>`;
  if (paged === null) {
    return {
      before: html`<tr class="${colour}"><th scope="row">${letter}</th><td class="dim" colspan="${COLUMNS.length + 1}">${text.speakers ? 'nothing of it is there to be heard' : 'not rendered'}</td></tr>
`,
      after: html``,
    };
  }
  const { reported } = paged;
  const notes = notesOf(reported, sound).map((note) => html`<li>${note}</li>`);
  const picture = wavePicture(paged, longestOf(text), highestPeak(text.takes));
  const play = html`<button type="button" class="badge ${colour}" data-play aria-pressed="false" aria-label="Hear ${name}">${key}</button>`;
  const audible = sound !== null && 'type' in sound;
  const data = audible ? html` data-take="${key}" data-place="${place}" data-track="${trackData(paged.track)}"` : null;
  return {
    before: html`<tr class="${colour}"${data}><th scope="row">${audible ? play : letter}</th><td class="picture">${picture}${
      audible && html`<audio controls preload="none" aria-label="Sound of ${name}" src="data:${sound.type};base64,`
    }`,
    after: html`${audible && html`"></audio>`}${notes.length > 0 && html`<ul class="notes">${notes}</ul>`}</td>${figureCells(reported)}</tr>
`,
  };
}
