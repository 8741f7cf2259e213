import { sameJson } from '../../canonical.ts';
import { measuredPair } from '../../matching/coverage.ts';
import { choiceName, rowWords, settingWords, sourceName } from '../../matching/mapping-words.ts';
import type { firstPair } from '../../matching/pair-lines.ts';
import type { MappingRow, MappingVerdict } from '../../schemas/mapping.ts';
import { type Html, html, said, timeHtml } from './html.ts';
import { standingWord } from './mapping-table.ts';
import { profileMultiples } from './profile-multiples.ts';
import { type PagedText, type Speaker, sectionStart, takesStart } from './text-section.ts';

/** Who is heard in a pair, by the place of its take. */
export const PAIR_SPEAKERS: readonly Speaker[] = [
  { key: 'Old', name: 'the old voice' },
  { key: 'New', name: 'the new voice' },
];

/** What is said where a pair is heard: one text, or what each of them says. */
export function pairText({ old, new: own, same }: ReturnType<typeof firstPair>): string {
  if (same && old) return old.text;
  const said = [
    ['Old', old],
    ['New', own],
  ] as const;
  const lines = said.flatMap(([who, take]) =>
    take ? [`${who}: ${take.text || '(nobody wrote down what is said)'}`] : [],
  );
  return lines.join('\n');
}

function verdictLine({ verdict, by, at, note, choice }: MappingVerdict, row: MappingRow): Html {
  const past = !sameJson(choice, row.choice);
  return html`<li><span class="is-${verdict}">${verdict === 'later' ? 'for later' : verdict}</span>${choice && html` ${said(choiceName(choice))}`}${by && html` by ${said(by)}`} · ${timeHtml(at)}${past && ' (chosen otherwise since)'}${note && html`: ${said(note)}`}</li>`;
}

/** All that was said of a pair, the newest first, where that is more than what stands in the table. */
function history(row: MappingRow): Html | null {
  const { verdicts, choice } = row;
  const [only] = verdicts;
  if (only === undefined || (verdicts.length === 1 && sameJson(only.choice, choice))) return null;
  return html`<ul class="notes" aria-label="What was said of it">${verdicts.toReversed().map((one) => verdictLine(one, row))}</ul>
`;
}

/**
 * What stands before the takes of a pair: who they are, how far apart, and how both speak.
 *
 * @param text what they are heard in; its takes are the old voice's and the new one's
 */
export function pairStart(row: MappingRow, text: PagedText, audible: boolean): Html {
  const { source, choice } = row;
  const title = html`${said(sourceName(source))} → ${choice ? said(choiceName(choice)) : 'none chosen'}`;
  const profiles = measuredPair(row);
  const heard = text.takes.some((take) => take !== null);
  return html`${sectionStart(text, title, audible && heard)}
<p>${standingWord(row)} · ${said(rowWords(row).words)}${choice && html` · <span class="dim">${settingWords(choice)}</span>`}</p>
${history(row)}${(profiles.old || profiles.new) && profileMultiples(profiles)}
${profiles.new && !profiles.exact && html`<p class="dim">The new voice as it was measured, before it was set by hand.</p>`}
${heard && takesStart(text, `pair ${text.index + 1}`, audible)}`;
}
