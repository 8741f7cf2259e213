import type { ListeningMethod } from '../../schemas/listening.ts';
import type { ListeningResults } from '../../schemas/listening-results.ts';
import type { ListeningReportHead } from '../listening-report.ts';
import { orderEffects } from '../order-effects.ts';
import { answersTable } from './answers-table.ts';
import { exactChance, percentWords, pointsWords } from './chance-words.ts';
import { abxCharts, preferenceCharts } from './choice-charts.ts';
import { keysHelp, madeLine } from './comparison-page.ts';
import { type Html, type HtmlValue, html, said, timeHtml } from './html.ts';
import { ratingChart, ratingListeners } from './rating-chart.ts';
import { slotsTable } from './slots-table.ts';

const METHODS: Record<ListeningMethod, string> = {
  preference: 'Preference: which of two is better, or neither',
  abx: 'ABX: which of two a third one is',
  rating: 'Rating, 0–100, without a reference (ITU-R BS.2132)',
  mushra: 'Rating, 0–100, with an approved recording as hidden reference, and an anchor (ITU-R BS.1534)',
};

const facts = (entries: readonly (readonly [string, HtmlValue])[]): Html =>
  html`<dl class="card">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** What a listener who hears or prefers so clearly would have been found with. */
function planWords({ plan, results }: ListeningReportHead): string {
  if (plan.halfWidth !== null) return `intervals of about ±${pointsWords(plan.halfWidth)} points were to be expected`;
  const power = plan.power.map(({ rate, power: found }) => `${percentWords(rate)}: ${exactChance(found)}`).join(', ');
  const needed = plan.needed === null ? 'no result could have been significant' : `significant from ${plan.needed}`;
  return power
    ? `${needed}; power at ${percentWords(results.level)} for a listener at ${power}`
    : 'nothing could be foretold';
}

function design(head: ListeningReportHead): Html {
  const { design: laid, results } = head;
  const rounds =
    laid.method === 'preference' ? `, each text ${laid.rounds} ${laid.rounds === 1 ? 'time' : 'times'}` : '';
  return html`<section>
<h2>Design</h2>
${facts([
  ['Method', METHODS[laid.method]],
  ['Trials of each listener', `${laid.trials}${rounds}`],
  ['Texts', results.texts.length],
  ['Listeners planned', laid.listeners],
  ['Level of significance', percentWords(results.level)],
  ['Told before the start', planWords(head)],
  ['Loudness', results.equalLoudness ? 'made equal (BS.1770)' : 'left as it is'],
  ['Texts were', laid.showText ? 'shown to the listener' : 'not shown to the listener'],
  ['Made', timeHtml(results.createdAt)],
  ['Revealed', timeHtml(results.revealedAt)],
])}
</section>
`;
}

function resultCharts({ result, slots, listeners }: ListeningResults): Html {
  if (result.method === 'abx') return abxCharts(result, listeners);
  if (result.method === 'preference') return preferenceCharts(result, slots, listeners);
  return html`${ratingChart(result, slots, listeners)}${ratingListeners(result, slots, listeners)}`;
}

function listenersTable({ listeners, answers }: ListeningResults): Html {
  const rows = listeners.map(({ id, listener, state, answered, of, createdAt, endedAt, left }) => {
    const seeds = answers.find(({ session }) => session === id)?.record.seeds;
    return html`<tr><th scope="row">${said(listener)}</th><td>${state}</td><td class="figure">${answered} of ${of}</td><td>${timeHtml(createdAt)}</td><td>${endedAt === null ? '–' : timeHtml(endedAt)}</td><td class="figure">${seeds ? `${seeds.texts} / ${seeds.places}` : '–'}</td><td>${left === null ? 'counts' : html`<mark>left out</mark> ${left}`}</td></tr>`;
  });
  return html`<section>
<h2>Listeners</h2>
<div class="wide" tabindex="0" role="group" aria-label="Listeners"><table><thead><tr><th scope="col">Listener</th><th scope="col">Session</th><th scope="col" class="figure">Answered</th><th scope="col">Began</th><th scope="col">Ended</th><th scope="col" class="figure">Seeds of texts / places</th><th scope="col">Screening</th></tr></thead><tbody>${rows}</tbody></table></div>
</section>
`;
}

/** Whether the place in the trial counted. */
function orderTable(results: ListeningResults): Html | null {
  const effects = orderEffects(results);
  if (effects.length === 0) return null;
  const abx = results.result.method === 'abx';
  const rows = effects.map(
    ({ place, count, value }) =>
      html`<tr><th scope="row">${place}</th><td class="figure">${abx ? percentWords(value) : pointsWords(value)}</td><td class="figure">${count}</td></tr>`,
  );
  const what = abx ? 'Right where X was what stood there' : 'Mean rating of what stood there';
  return html`<section>
<h2>By place</h2>
<p class="dim">Each slot stood at the places by chance or as often at each: large differences here are the listener’s habit, not the slot’s.</p>
<table class="narrow"><thead><tr><th scope="col">Place</th><th scope="col" class="figure">${what}</th><th scope="col" class="figure">Answers</th></tr></thead><tbody>${rows}</tbody></table>
</section>
`;
}

/** What a report of a listening test says before its texts. */
export function listeningIntro(head: ListeningReportHead, audible: boolean): Html {
  const { results } = head;
  return html`<header>
<h1>${said(results.name)}</h1>
<p class="dim">Blind listening test · ${METHODS[head.design.method]}</p>
${madeLine(head)}
</header>
<section>
<h2>Outcome</h2>
<ul class="words">${results.words.map((sentence) => html`<li>${said(sentence)}</li>`)}</ul>
</section>
<section>
<h2>Results</h2>
${resultCharts(results)}
</section>
${design(head)}
${slotsTable(results.slots, head.models)}
${listenersTable(results)}
${orderTable(results)}
<h2>What was heard</h2>
${results.result.method === 'mushra' && html`<p class="dim">R is the approved recording. The anchor was the same recording, low-passed; it is not in this page.</p>`}
${audible && keysHelp()}
`;
}

/** What stands behind them. */
export const listeningEnd = (head: ListeningReportHead): Html => answersTable(head.results);
