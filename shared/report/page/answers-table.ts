import { isHit, preferredSlot } from '../../listening/answered.ts';
import type { ListeningResults } from '../../schemas/listening-results.ts';
import { whatName } from '../what-name.ts';
import { type Html, html, said, timeHtml } from './html.ts';

type Answer = ListeningResults['answers'][number];

/** What was answered, by who was who. */
function answerWords(results: ListeningResults, given: Answer): string {
  const count = results.slots.length;
  const { answer, record } = given;
  const { method } = results.result;
  if (method === 'abx') return `X is ${answer.choice ?? '?'}: ${isHit(given) ? 'right' : 'wrong'}`;
  if (method === 'preference') {
    const preferred = preferredSlot(given);
    return preferred === null ? 'no difference' : whatName(preferred, count);
  }
  return record.places
    .flatMap(({ what, stimulus }) => {
      const value = answer.ratings?.[stimulus];
      return what === null || value === undefined ? [] : [`${whatName(what, count)} ${value}`];
    })
    .join(', ');
}

function placesWords({ slots }: ListeningResults, { record, answer }: Answer): string {
  return record.places
    .map(({ place, what, stimulus }) => {
      const { plays = 0, seconds = 0 } = answer.heard[stimulus] ?? {};
      return `${place}: ${what === null ? '?' : whatName(what, slots.length)} (${plays}×, ${seconds.toFixed(1)} s)`;
    })
    .join('; ');
}

/** Every answer, when it was given, what stood where, and how often each was heard. */
export function answersTable(results: ListeningResults): Html {
  const names = new Map(results.listeners.map(({ id, listener }) => [id, listener]));
  const rows = results.answers.map((given) => {
    const { index, text, shownAt, answeredAt } = given.record;
    return html`<tr><td>${said(names.get(given.session) ?? '?')}</td><td class="figure">${index + 1}</td><td class="figure">${text + 1}</td><td>${answerWords(results, given)}</td><td>${placesWords(results, given)}</td><td>${timeHtml(answeredAt)}</td><td class="figure">${((answeredAt - shownAt) / 1000).toFixed(1)}</td></tr>
`;
  });
  return html`<details>
<summary>Every answer (${results.answers.length})</summary>
<div class="wide" tabindex="0" role="group" aria-label="Every answer"><table><thead><tr><th scope="col">Listener</th><th scope="col" class="figure">Trial</th><th scope="col" class="figure">Text</th><th scope="col">Answer</th><th scope="col">Place: who stood there (heard)</th><th scope="col">Given</th><th scope="col" class="figure">After s</th></tr></thead><tbody>${rows}</tbody></table></div>
</details>
`;
}
