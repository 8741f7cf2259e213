import { letterAt, type Slot } from '../../schemas/comparison.ts';
import type { RatingResult, ResultListener } from '../../schemas/listening-results.ts';
import { exactChance, pointsWords } from './chance-words.ts';
import { type Html, html, said } from './html.ts';
import { badge, slotClass, slotLabel } from './slot-marks.ts';

type Rated = RatingResult['rated'][number];

const WIDTH = 760;
const LEFT = 96;
const RIGHT = 20;
const ROW = 44;
const TOP = 22;
const MARKS = [0, 20, 40, 60, 80, 100] as const;

const xOf = (points: number) => (LEFT + (points / 100) * (WIDTH - LEFT - RIGHT)).toFixed(1);

/** What was rated, in a word. */
export const ratedWord = (rated: readonly Rated[], at: number): string => {
  const kind = rated[at]?.kind;
  return kind === 'reference' ? 'Reference' : kind === 'anchor' ? 'Anchor' : letterAt(at);
};

const ratedClass = ({ kind }: Rated, at: number) => (kind === 'slot' ? slotClass(at) : 'slot-reference');

/** What was rated: the letter and name of a slot, or what else it was. */
export function ratedName(slots: readonly Slot[], rated: readonly Rated[], at: number): Html {
  const slot = slots[at];
  if (rated[at]?.kind !== 'slot' || !slot) return html`${ratedWord(rated, at)}`;
  return html`${badge(at)} ${slotLabel(slot)}`;
}

function row(one: Rated, at: number, rated: readonly Rated[], left: ReadonlySet<string>): Html {
  const y = TOP + at * ROW + ROW / 2;
  const dots = one.listeners.map(({ session, mean }, index) => {
    // A listener stands at the same height in every row.
    const lift = (((index % 5) - 2) * ROW) / 12;
    return html`<circle class="one${left.has(session) ? ' left' : ''}" cx="${xOf(mean)}" cy="${(y + lift).toFixed(1)}" r="3.5"/>`;
  });
  const { mean, interval } = one;
  return html`<g class="${ratedClass(one, at)}">
<text x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${ratedWord(rated, at)}</text>
${dots}
${interval && html`<line class="interval" x1="${xOf(interval.low)}" x2="${xOf(interval.high)}" y1="${y}" y2="${y}"/>`}
${mean !== null && html`<rect class="mean" x="${Number(xOf(mean)) - 5}" y="${y - 9}" width="10" height="18" rx="2"/>`}
</g>`;
}

/** Ratings of a test: mean, interval and every listener, as a picture with the table beside it. */
export function ratingChart(result: RatingResult, slots: readonly Slot[], listeners: readonly ResultListener[]): Html {
  const { rated } = result;
  const left = new Set(listeners.filter((one) => one.left !== null).map(({ id }) => id));
  const height = TOP + rated.length * ROW + 24;
  const bottom = TOP + rated.length * ROW;
  const grid = MARKS.map(
    (mark) =>
      html`<line class="grid" x1="${xOf(mark)}" x2="${xOf(mark)}" y1="${TOP}" y2="${bottom}"/><text class="axis" x="${xOf(mark)}" y="${bottom + 16}" text-anchor="middle">${mark}</text>`,
  );
  const rows = rated.map((one, at) => {
    const range = one.interval && `${pointsWords(one.interval.low)} to ${pointsWords(one.interval.high)}`;
    return html`<tr><th scope="row">${ratedName(slots, rated, at)}</th><td class="figure">${one.mean === null ? '–' : pointsWords(one.mean)}</td><td class="figure">${range ?? '–'}</td><td class="figure">${one.count}</td></tr>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Mean ratings with their intervals; the figures are in the table">${grid}${rated.map((one, at) => row(one, at, rated, left))}</svg>
<p class="dim">Bars are means with their 95 % interval (bootstrap), dots the means of single listeners; hollow ones do not count.</p>
<table class="narrow"><thead><tr><th scope="col">Rated</th><th scope="col" class="figure">Mean</th><th scope="col" class="figure">95 % interval</th><th scope="col" class="figure">Ratings</th></tr></thead><tbody>${rows}</tbody></table>
${pairsTable(result, slots)}`;
}

/** How much higher the one was rated than the other, for every pair. */
function pairsTable({ pairs, rated, units }: RatingResult, slots: readonly Slot[]): Html | null {
  if (pairs.length === 0) return null;
  const rows = pairs.map(({ first, second, difference, interval, p }) => {
    const range = interval ? `${pointsWords(interval.low)} to ${pointsWords(interval.high)}` : '–';
    return html`<tr><th scope="row">${ratedName(slots, rated, first)} over ${ratedName(slots, rated, second)}</th><td class="figure">${pointsWords(difference)}</td><td class="figure">${range}</td><td class="figure">${exactChance(p)}</td></tr>`;
  });
  return html`<h3>Differences</h3>
<table class="narrow"><thead><tr><th scope="col">By the same listener for the same text</th><th scope="col" class="figure">Points</th><th scope="col" class="figure">95 % interval</th><th scope="col" class="figure">p (sign-flip over ${units.of}${pairs.length > 1 ? ', Holm' : ''})</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Mean of every listener for everything rated. */
export function ratingListeners(
  { rated }: RatingResult,
  slots: readonly Slot[],
  listeners: readonly ResultListener[],
): Html {
  const rows = listeners.map(({ id, listener }) => {
    const means = rated.map((one) => one.listeners.find(({ session }) => session === id)?.mean);
    return html`<tr><th scope="row">${said(listener)}</th>${means.map((mean) => html`<td class="figure">${mean === undefined ? '–' : pointsWords(mean)}</td>`)}</tr>`;
  });
  return html`<h3>Listener by listener</h3>
<div class="wide" tabindex="0" role="group" aria-label="Means of each listener"><table><thead><tr><th scope="col">Listener</th>${rated.map((_, at) => html`<th scope="col" class="figure">${ratedName(slots, rated, at)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
