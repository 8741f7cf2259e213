import { useMemo, useState } from 'react';
import type { ComparisonText } from '../../../shared/schemas/comparison.ts';
import { wordsOf } from '../../../shared/text/words.ts';
import { usePlayer } from '../../player/player-store.ts';
import { wordAt } from '../../stores/compare/landing.ts';
import { playFromWord, wordsOfTake } from '../../stores/compare/listen.ts';
import { useCompareSound } from '../../stores/compare/sound.ts';
import { usePlayhead } from './use-playhead.ts';
import classes from './word-strip.module.css';

/** Words and what stands between them. */
function pieces(text: string, language: string | null): { at: number; text: string; word: boolean }[] {
  const found: { at: number; text: string; word: boolean }[] = [];
  let done = 0;
  for (const { at, end } of wordsOf(text, language)) {
    if (at > done) found.push({ at: done, text: text.slice(done, at), word: false });
    found.push({ at, text: text.slice(at, end), word: true });
    done = end;
  }
  if (done < text.length) found.push({ at: done, text: text.slice(done), word: false });
  return found;
}

/** The text that is heard: the word that is spoken is lit, and a click on one plays from there. */
export function WordStrip({ text }: { text: ComparisonText }) {
  const [lit, setLit] = useState<number | null>(null);
  const takeInPlayer = usePlayer((state) => state.takeId);
  const language = useCompareSound((state) => state.takes[0]?.language ?? null);
  const known = useCompareSound((state) => state.takes.some(({ id }) => state.words.has(id)));
  const parts = useMemo(() => pieces(text.text, language), [text.text, language]);
  const doubted = useCompareSound((state) => {
    const heard = state.words.get(takeInPlayer ?? '');
    return heard !== undefined && !heard.trusted;
  });
  usePlayhead((takeId, position) => {
    const words = takeId === null ? [] : wordsOfTake(takeId);
    // A take of a text that was changed since says other words than stand here.
    const says = useCompareSound.getState().takes.find(({ id }) => id === takeId)?.text === text.text;
    setLit(says ? (words[wordAt(words, position)]?.at ?? null) : null);
  });
  return (
    <div
      className={classes.strip}
      lang={language ?? undefined}
      data-doubted={doubted || undefined}
      title={doubted ? 'This take does not seem to say its text: where its words are is a guess.' : undefined}
    >
      {parts.map(({ at, text: own, word }) =>
        word ? (
          <button
            key={at}
            type="button"
            className={classes.word}
            tabIndex={-1}
            data-lit={at === lit || undefined}
            disabled={!known}
            onClick={() => playFromWord(at)}
          >
            {own}
          </button>
        ) : (
          <span key={at}>{own}</span>
        ),
      )}
    </div>
  );
}
