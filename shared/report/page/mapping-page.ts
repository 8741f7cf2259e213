import { type Coverage, coverageOf, type Standing } from '../../matching/coverage.ts';
import { costWords, sideWords, sourceName } from '../../matching/mapping-words.ts';
import type { MappingRow } from '../../schemas/mapping.ts';
import type { MatchRun } from '../../schemas/match-run.ts';
import type { MappingReportHead } from '../mapping-report.ts';
import { madeLine } from './comparison-page.ts';
import { type Html, html, said, timeHtml } from './html.ts';
import { mappingTable } from './mapping-table.ts';

const PARTS: readonly (readonly [standing: Standing, words: string])[] = [
  ['approved', 'approved'],
  ['later', 'for later'],
  ['rejected', 'rejected'],
  ['open', 'open'],
];
/** Units of the bar's width. */
const BAR = 1000;

/** How many are approved, at a glance. */
function coverageBar(coverage: Coverage): Html {
  const all = Math.max(1, coverage.all);
  let before = 0;
  const parts = PARTS.map(([standing]) => {
    const [x, width] = [(before / all) * BAR, (coverage[standing] / all) * BAR];
    before += coverage[standing];
    return width > 0 && html`<rect class="is-${standing}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="8"/>`;
  });
  const words = PARTS.map(([standing, word]) => `${coverage[standing]} ${word}`).join(', ');
  return html`<p class="coverage"><strong>${coverage.approved} of ${coverage.all}</strong> approved · ${PARTS.slice(1).map(([standing, word], index) => html`${index > 0 && ' · '}${coverage[standing]} ${word}`)}</p>
<svg class="coverage" viewBox="0 0 ${BAR} 8" preserveAspectRatio="none" role="img" aria-label="${words}">${parts}</svg>
`;
}

const STATES: Record<MatchRun['state'], string> = {
  running: 'under way',
  interrupted: 'interrupted',
  stopped: 'stopped',
  done: 'done',
};

function failures({ failed, fault }: MatchRun, names: ReadonlyMap<string, string>): Html {
  const voices = failed.map(
    (one) =>
      html`<li>${said(names.get(one.rowId) ?? 'A voice that was taken out since')}: ${said(one.fault.message)}</li>`,
  );
  return html`${fault && html`<p>${said(fault.message)}</p>`}${voices.length > 0 && html`<ul class="notes">${voices}</ul>`}${!fault && voices.length === 0 && html`<span class="dim">none</span>`}`;
}

/** What was spent, of what was agreed to. */
const costCell = (spent: string, most: string): Html =>
  html`${spent}${spent !== most && html` <span class="dim">of ${most}</span>`}`;

/** What looking for successors took, and what went wrong. */
function runsTable(runs: readonly MatchRun[], rows: readonly MappingRow[]): Html {
  if (runs.length === 0) return html`<p class="dim">Nothing has been looked for.</p>`;
  const names = new Map(rows.map(({ id, source }) => [id, sourceName(source)]));
  const lines = runs.map((run) => {
    const { state, startedAt, endedAt, done, renders, cost, agreed } = run;
    return html`<tr><th scope="row">${timeHtml(startedAt)}</th><td>${endedAt === null ? '–' : timeHtml(endedAt)}</td><td>${STATES[state]}</td><td class="figure">${done} of ${run.rows}</td><td class="figure">${renders} of ${agreed.renders}</td><td>${costCell(costWords(cost), costWords(agreed.cost))}</td><td>${failures(run, names)}</td></tr>
`;
  });
  return html`<div class="wide" tabindex="0" role="group" aria-label="Searches">
<table>
<thead><tr><th scope="col">Began</th><th scope="col">Ended</th><th scope="col">State</th><th scope="col" class="figure">Voices</th><th scope="col" class="figure">Renders</th><th scope="col">Cost</th><th scope="col">What failed</th></tr></thead>
<tbody>${lines}</tbody>
</table>
</div>
<p class="dim">Renders and cost are told with the most that was agreed to before the search began.</p>
`;
}

/**
 * What a report of a mapping says before its pairs.
 *
 * @param shown places of the rows that follow as pairs
 */
export function mappingIntro(head: MappingReportHead, shown: ReadonlySet<number>, audible: boolean): Html {
  const { mapping, runs, nameOf } = head;
  const { name, from, to, rows, createdAt } = mapping;
  const changed = rows.reduce((last, { updatedAt }) => Math.max(last, updatedAt), mapping.updatedAt);
  return html`<header>
<h1>${said(name)}</h1>
<p>From ${said(sideWords(from, nameOf))} to ${said(sideWords(to, nameOf))}</p>
<p class="dim">Mapping of ${rows.length} ${rows.length === 1 ? 'voice' : 'voices'} · begun ${timeHtml(createdAt)} · last changed ${timeHtml(changed)}</p>
${madeLine(head)}
${coverageBar(coverageOf(rows))}
</header>
<section>
<h2>Searches</h2>
${runsTable(runs, rows)}
</section>
${mappingTable(rows, shown)}
${shown.size > 0 && html`<h2>Pairs</h2>`}
${audible && shown.size > 0 && html`<p class="dim keys">Old or New plays; the other one goes on at the same place. <kbd>1</kbd> the old voice, <kbd>2</kbd> the new one, <kbd>X</kbd> back and forth, <kbd>Space</kbd> pause, <kbd>←</kbd> <kbd>→</kbd> a second.</p>`}
`;
}
