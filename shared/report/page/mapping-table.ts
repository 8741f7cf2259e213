import { settingsThatDiffer } from '../../controls/settings-that-differ.ts';
import { chosenCandidate, standingOf } from '../../matching/coverage.ts';
import { choiceName, distanceWords, rowWords, STANDING_WORDS, sourceName } from '../../matching/mapping-words.ts';
import {
  type MappedVoice,
  type MappingRow,
  type MappingVerdict,
  type SourceVoice,
  verdictInForce,
} from '../../schemas/mapping.ts';
import { NO_FIGURE } from '../../text/figure-words.ts';
import { type Html, type HtmlValue, html, said, timeHtml } from './html.ts';

const none = html`<span class="dim">${NO_FIGURE}</span>`;

/** What a row stands at, in a word. */
export function standingWord(row: Pick<MappingRow, 'verdicts' | 'choice'>): Html {
  const standing = standingOf(row);
  return html`<span class="is-${standing}">${STANDING_WORDS[standing]}</span>`;
}

function settingsOf({ settings }: Pick<MappedVoice, 'settings'>): Html | null {
  const words = settingsThatDiffer(settings);
  return words.length === 0 ? null : html`${words.map((one) => html`<span class="trait">${one}</span> `)}`;
}

function labels({ language, gender, accent }: SourceVoice): string {
  return [language ?? '', accent, gender === 'unknown' ? '' : gender].filter((word) => word !== '').join(' · ');
}

/** The lines under a voice's name: who it is for a program, and how it is spoken with. */
function under(...lines: readonly HtmlValue[]): Html {
  return html`${lines.flatMap((line) => (line ? [html`<br><span class="dim id">${line}</span>`] : []))}`;
}

function oldVoice({ source }: MappingRow): Html {
  const { voiceId, modelId } = source;
  return html`${said(sourceName(source))}${under(
    voiceId === null ? 'recordings' : said([voiceId, modelId].filter((part) => part !== null).join(' · ')),
    labels(source) && said(labels(source)),
  )}`;
}

function newVoice({ choice }: MappingRow): Html {
  if (choice === null) return html`<span class="dim">none chosen</span>`;
  const { voiceId, modelId } = choice;
  return html`${said(choiceName(choice))}${under(said([voiceId, modelId].filter((part) => part !== null).join(' · ')))}`;
}

/** The settings of both that are not neutral. */
function settingsCell({ source, choice }: MappingRow): Html {
  const [old, own] = [settingsOf(source), choice && settingsOf(choice)];
  return html`${own ?? (choice ? html`<span class="dim">neutral</span>` : none)}${old && html`<br><span class="dim">old: ${old}</span>`}`;
}

function verdictCells(verdict: MappingVerdict | null): Html {
  if (verdict === null) return html`<td>${none}</td><td>${none}</td><td>${none}</td>`;
  const { by, at, note } = verdict;
  return html`<td>${by ? said(by) : none}</td><td>${timeHtml(at)}</td><td class="note">${note ? said(note) : none}</td>`;
}

/**
 * All voices with what takes their place, what is left between them, and what was said of it.
 *
 * @param shown places of the rows that are shown with all their details, each in the section `text-` and its number from 1
 */
export function mappingTable(rows: readonly MappingRow[], shown: ReadonlySet<number>): Html {
  const lines = rows.map((row, place) => {
    const number = shown.has(place) ? html`<a href="#text-${place + 1}">${place + 1}</a>` : place + 1;
    const candidate = chosenCandidate(row);
    return html`<tr><th scope="row" class="figure">${number}</th><td>${oldVoice(row)}</td><td>${newVoice(row)}</td><td>${settingsCell(row)}</td><td class="figure">${candidate ? distanceWords(candidate.distance) : none}</td><td>${said(rowWords(row).words)}</td><td>${standingWord(row)}</td>${verdictCells(verdictInForce(row))}</tr>
`;
  });
  return html`<section>
<h2>Voices</h2>
<div class="wide" tabindex="0" role="group" aria-label="Voices">
<table class="voices">
<thead><tr><th scope="col" class="figure">No.</th><th scope="col">Old voice</th><th scope="col">New voice</th><th scope="col">Settings</th><th scope="col" class="figure">Distance</th><th scope="col">What is left</th><th scope="col">Verdict</th><th scope="col">By</th><th scope="col">When</th><th scope="col">Note</th></tr></thead>
<tbody>${lines}</tbody>
</table>
</div>
<p class="dim">The distance is how far the new voice’s sound is from the old one’s, 0 being the same; pitch, pace and level are taken out of it and told as what is left. A verdict counts as long as what it was said of is chosen.</p>
</section>
`;
}
