import type { Decision } from '../../schemas/comparison.ts';
import type { ComparisonReportHead } from '../comparison-report.ts';
import { type Html, html, said, timeHtml } from './html.ts';
import { badge, slotLabel } from './slot-marks.ts';
import { slotsTable } from './slots-table.ts';

/** Where a report was made, and with what. */
export function madeLine({
  madeAt,
  madeWith,
  project,
}: Pick<ComparisonReportHead, 'madeAt' | 'madeWith' | 'project'>): Html {
  return html`<p class="dim">${project && html`Project ${said(project)} · `}reported ${timeHtml(madeAt)} · Timbre ${madeWith}</p>`;
}

function decision({ at, textId, winner, note, slots }: Decision, texts: readonly string[]): Html {
  const place = slots.findIndex(({ id }) => id === winner);
  const best = slots[place];
  const text = textId === null ? -1 : texts.indexOf(textId);
  const about =
    textId === null ? 'for all texts' : text < 0 ? 'for a text that is not there any more' : `for text ${text + 1}`;
  const between = slots.map(
    (slot, index) => html`${badge(index)} ${slotLabel(slot)}${index < slots.length - 1 ? ', ' : ''}`,
  );
  return html`<article class="decision card">
<p>${best ? html`${badge(place)} <strong>${slotLabel(best)}</strong> was found best` : html`<strong>None was found best</strong>`} ${about} · <span class="dim">${timeHtml(at)}</span></p>
${note && html`<p dir="auto">${note}</p>`}
<p class="dim">Between ${between}, as they were then.</p>
</article>
`;
}

/**
 * What a report of a comparison says before its texts.
 *
 * @param texts ids of the texts in their order
 */
export function comparisonIntro(head: ComparisonReportHead, texts: readonly string[], audible: boolean): Html {
  const { comparison, slots, decisions } = head;
  const newestFirst = decisions.toSorted((a, b) => b.at - a.at);
  return html`<header>
<h1>${said(comparison.name)}</h1>
<p class="dim">Comparison of ${slots.length} ${slots.length === 1 ? 'slot' : 'slots'}, ${texts.length} ${texts.length === 1 ? 'text' : 'texts'} · begun ${timeHtml(comparison.createdAt)} · last changed ${timeHtml(comparison.updatedAt)}</p>
${madeLine(head)}
</header>
<section>
<h2>Decisions</h2>
${newestFirst.length > 0 ? newestFirst.map((one) => decision(one, texts)) : html`<p class="dim">Nothing has been decided.</p>`}
</section>
${slotsTable(slots, head.models)}
<h2>Texts</h2>
${audible && keysHelp()}
`;
}

/** What the keys of the page do. */
export function keysHelp(): Html {
  return html`<p class="dim keys">A letter plays; another one goes on at the same place. <kbd>1</kbd>–<kbd>8</kbd> the slots, <kbd>X</kbd> back and forth, <kbd>Space</kbd> pause, <kbd>←</kbd> <kbd>→</kbd> a second.</p>`;
}
