import { letterAt, type Slot } from '../../schemas/comparison.ts';
import type {
  AbxResult,
  OverListenersResult,
  Power,
  PreferenceResult,
  ResultListener,
} from '../../schemas/listening-results.ts';
import { exactChance, percentWords } from './chance-words.ts';
import { type Html, html, said } from './html.ts';
import { slotClass, slotName } from './slot-marks.ts';

type Counts = PreferenceResult['counts'];

const WIDTH = 760;
const LEFT = 130;
const RIGHT = 90;
const ROW = 30;
const BAR = 18;
const TOP = 8;
const SPACE = WIDTH - LEFT - RIGHT;
/** Characters of a name that stand beside a bar. */
const NAME = 18;

const shortened = (name: string) => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);
const nameOf = (listeners: readonly ResultListener[], session: string) =>
  listeners.find(({ id }) => id === session)?.listener ?? '?';

function bar(from: number, part: number, y: number, name: string): Html {
  return html`<rect class="${name}" x="${(LEFT + from * SPACE).toFixed(1)}" y="${y}" width="${(part * SPACE).toFixed(1)}" height="${BAR}"/>`;
}

/** Answers for the one, for neither, and for the other, as one bar. */
function countsBar({ first, second, none }: Counts, at: number, name: string): Html {
  const all = Math.max(1, first + second + none);
  const y = TOP + at * ROW;
  return html`<text x="${LEFT - 10}" y="${y + 13}" text-anchor="end">${shortened(name)}</text>
<g class="${slotClass(0)}">${bar(0, first / all, y, 'bar')}</g>${bar(first / all, none / all, y, 'none')}<g class="${slotClass(1)}">${bar((first + none) / all, second / all, y, 'bar')}</g>
<text class="axis" x="${WIDTH - RIGHT + 8}" y="${y + 13}">${first} · ${none} · ${second}</text>`;
}

function powerCells(power: readonly Power[]): Html {
  return html`${power.map((one) => html`<td class="figure">${exactChance(one.power)}</td>`)}`;
}

const powerHeads = (power: readonly Power[], who: string) =>
  power.map(({ rate }) => html`<th scope="col" class="figure">Power, ${who} ${percentWords(rate)}</th>`);

/** The test over listeners, as far as there is one. */
function overLine(over: OverListenersResult | null): Html | null {
  if (!over || over.listeners < 2) return null;
  const { listeners, p, exact, least } = over;
  const few = listeners < least ? ` It needs at least ${least} listeners to be significant.` : '';
  return html`<p>Over ${listeners} listeners (sign-flip test, ${exact ? 'all patterns counted' : 'patterns drawn'}): p = ${exactChance(p)}.${few}</p>`;
}

/** Preferences: all, by listener, and by text. */
export function preferenceCharts(
  result: PreferenceResult,
  slots: readonly Slot[],
  listeners: readonly ResultListener[],
): Html {
  const bars: (readonly [string, Counts])[] = [
    ['All', result.counts],
    ...result.listeners.map(({ session, counts }) => [nameOf(listeners, session), counts] as const),
    ...(result.texts.length > 1 ? result.texts.map((counts, index) => [`Text ${index + 1}`, counts] as const) : []),
  ];
  const power = result.listeners[0]?.power ?? [];
  const rows = result.listeners.map(({ session, counts, p, needed, power: own }) => {
    const cells = [counts.first, counts.second, counts.none, exactChance(p), needed ?? 'none would be'];
    return html`<tr><th scope="row">${said(nameOf(listeners, session))}</th>${cells.map((cell) => html`<td class="figure">${cell}</td>`)}${powerCells(own)}</tr>`;
  });
  const { places } = result;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${TOP + bars.length * ROW}" role="img" aria-label="Preferences for ${letterAt(0)}, for none, and for ${letterAt(1)}; the figures are in the table">${bars.map(([name, counts], at) => countsBar(counts, at, name))}</svg>
<p class="dim">${slotName(slots, 0)} on the left, ${slotName(slots, 1)} on the right, no difference between them.</p>
<div class="wide" tabindex="0" role="group" aria-label="Preferences of each listener"><table><thead><tr><th scope="col">Listener</th><th scope="col" class="figure">${slotName(slots, 0)}</th><th scope="col" class="figure">${slotName(slots, 1)}</th><th scope="col" class="figure">No difference</th><th scope="col" class="figure">p (binomial, two-sided)</th><th scope="col" class="figure">Significant from</th>${powerHeads(power, 'who prefers one')}</tr></thead><tbody>${rows}</tbody></table></div>
${overLine(result.over)}
<p>By place: what stood first was chosen ${places.first} times, what stood second ${places.second} times (p = ${exactChance(places.p)}, two-sided; all answers together, which are not independent of each other).</p>`;
}

/** An ABX: how often each listener was right. */
export function abxCharts({ listeners: each, over }: AbxResult, listeners: readonly ResultListener[]): Html {
  const height = TOP + each.length * ROW + 22;
  const half = LEFT + SPACE / 2;
  const bars = each.map(({ session, hits, trials, needed }, at) => {
    const y = TOP + at * ROW;
    const from = needed === null || trials === 0 ? null : (LEFT + (needed / trials) * SPACE).toFixed(1);
    return html`<text x="${LEFT - 10}" y="${y + 13}" text-anchor="end">${shortened(nameOf(listeners, session))}</text>
${bar(0, 1, y, 'none')}<g class="right">${bar(0, hits / Math.max(1, trials), y, 'bar')}</g>
${from && html`<line class="limit" x1="${from}" x2="${from}" y1="${y - 3}" y2="${y + BAR + 3}"/>`}
<text class="axis" x="${WIDTH - RIGHT + 8}" y="${y + 13}">${hits} of ${trials}</text>`;
  });
  const power = each[0]?.power ?? [];
  const rows = each.map(({ session, hits, trials, p, needed, power: own }) => {
    const cells = [
      `${hits} of ${trials}`,
      trials > 0 ? percentWords(hits / trials) : '–',
      exactChance(p),
      needed ?? 'none would be',
    ];
    return html`<tr><th scope="row">${said(nameOf(listeners, session))}</th>${cells.map((cell) => html`<td class="figure">${cell}</td>`)}${powerCells(own)}</tr>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Right answers of each listener; the figures are in the table">${bars}<line class="guess" x1="${half}" x2="${half}" y1="${TOP}" y2="${height - 20}"/><text class="axis" x="${half}" y="${height - 6}" text-anchor="middle">guessing</text></svg>
<p class="dim">The dashed line is where a result begins to be significant.</p>
<div class="wide" tabindex="0" role="group" aria-label="Right answers of each listener"><table><thead><tr><th scope="col">Listener</th><th scope="col" class="figure">Right</th><th scope="col" class="figure">Part</th><th scope="col" class="figure">p (binomial, one-sided)</th><th scope="col" class="figure">Significant from</th>${powerHeads(power, 'who is right')}</tr></thead><tbody>${rows}</tbody></table></div>
${overLine(over)}`;
}
