import type { CSSProperties } from 'react';
import { chanceWords, placeWords } from '../../../../shared/listening/words.ts';
import type { Counts, ListeningResults, PreferenceResult } from '../../../../shared/schemas/listening-results.ts';
import { letterOf, slotColour } from '../slot-colours.ts';
import room from './blind-room.module.css';
import { ListenersTable, OverLine } from './listeners-table.tsx';
import classes from './results-page.module.css';

/** How answers were shared out between two slots and “no difference”. */
function Bar({ counts: { first, second, none } }: { counts: Counts }) {
  const parts = [
    { count: first, short: `${letterOf(0)} ${first}`, words: `${letterOf(0)} ${first}`, colour: slotColour(0) },
    { count: none, short: `none ${none}`, words: `no difference ${none}`, colour: null },
    { count: second, short: `${letterOf(1)} ${second}`, words: `${letterOf(1)} ${second}`, colour: slotColour(1) },
  ];
  return (
    <div className={classes.bar} role="img" aria-label={parts.map(({ words }) => words).join(', ')}>
      {parts.map(({ count, short, words, colour }) =>
        count > 0 ? (
          <span
            key={words}
            title={words}
            data-none={colour === null || undefined}
            style={{ flex: `${count} 1 0`, ...(colour ? { '--slot': colour } : {}) } as CSSProperties}
          >
            {short}
          </span>
        ) : null,
      )}
    </div>
  );
}

/** Preferences of all, of each listener, by text, and by place on the page. */
export function PreferenceBars({ results, result }: { results: ListeningResults; result: PreferenceResult }) {
  const { listeners, counts, texts, places, over } = result;
  return (
    <>
      <Bar counts={counts} />
      <ListenersTable
        results={results}
        listeners={listeners}
        answered="Preferred"
        cell={(one) => <Bar counts={one.counts} />}
        wide
        test="Exact two-sided binomial test; “no difference” is left out"
      />
      <OverLine over={over} />
      {texts.length > 1 && (
        <table className={room.table}>
          <thead>
            <tr>
              <th scope="col">Text</th>
              <th scope="col">Preferred</th>
            </tr>
          </thead>
          <tbody>
            {texts.map((own, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: texts stand in their order
              <tr key={index}>
                <td>{results.texts[index]?.text}</td>
                <td style={{ width: '40%' }}>
                  <Bar counts={own} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={room.line}>
        {`By place on the page: first ${places.first}, second ${places.second}, no difference ${places.none}; p = ${chanceWords(places.p)}. ${placeWords(result, letterOf(0), letterOf(1))}`}
      </p>
    </>
  );
}
