import { VisuallyHidden } from '@mantine/core';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { usePlayer } from '../../player/player-store.ts';
import { takeIdOf } from '../../stores/compare/cell.ts';
import { alignmentOf } from '../../stores/compare/known-sound.ts';
import { useListening } from '../../stores/compare/listen.ts';
import { currentText, useCompareView } from '../../stores/compare/slots.ts';
import { makeEqualAgain, useCompareSound } from '../../stores/compare/sound.ts';
import { isSounding } from '../../stores/heard.ts';
import classes from './flip-notes.module.css';
import { letterOf } from './slot-colours.ts';

/** Pairs that are named; more are only told of. */
const MOST_NAMED = 3;

/** Pairs of slots that do not seem to say the same words. */
function useDoubtful(comparison: Comparison): string[] {
  const textId = useCompareView((state) => state.textId);
  const sound = useCompareSound();
  const text = currentText(comparison, textId);
  const takes = comparison.slots.map(({ id }) => takeIdOf(comparison, { slotId: id, textId: text?.id ?? '' }));
  return takes.flatMap((a, place) =>
    takes.slice(place + 1).flatMap((b, more) => {
      const alignment = a && b ? alignmentOf(sound, a, b) : null;
      return alignment?.trusted === false ? [`${letterOf(place)} and ${letterOf(place + 1 + more)}`] : [];
    }),
  );
}

/** Says where a flip cannot land on the same word, and why; and to a screen reader what is heard. */
export function FlipNotes({ comparison }: { comparison: Comparison }) {
  const doubtful = useDoubtful(comparison);
  const { slotId, note } = useListening();
  const sounding = usePlayer(({ status }) => isSounding(status));
  const silent = usePlayer(({ status }) => status === 'idle');
  const place = comparison.slots.findIndex(({ id }) => id === slotId);
  const equal = useCompareSound((state) => state.equal);
  const unequal = useCompareSound((state) => state.unequal);
  const words = [
    comparison.switching === 'word' &&
      doubtful.length > 0 &&
      `${doubtful.length > MOST_NAMED ? 'Some of them' : doubtful.join(', ')} do not seem to say the same words (hatched): a flip between them begins the sentence anew.`,
    note === 'unaligned' && 'They were not aligned yet: it went on at the same part of the way.',
    comparison.equalLoudness &&
      equal?.by === 'spoken' &&
      'One of them has less than 0.4 s of speech, too little to measure its loudness: the level of what is spoken is matched.',
    comparison.equalLoudness && equal?.by === 'none' && 'One of them is silent: their loudness is not matched.',
  ]
    .filter((one) => one !== false)
    .join(' ');
  return (
    <>
      {comparison.equalLoudness && unequal !== null && (
        <p className={classes.note}>
          They could not be made equally loud: {unequal.message}{' '}
          <button type="button" className={classes.again} onClick={makeEqualAgain}>
            Measure again
          </button>
        </p>
      )}
      {words !== '' && (
        <p className={classes.note} data-now={note === 'untrusted' || undefined}>
          {words}
        </p>
      )}
      <VisuallyHidden aria-live="polite">
        {place < 0
          ? ''
          : `${letterOf(place)} ${sounding ? 'is heard' : silent ? 'has no sound yet' : 'is chosen, paused'}.`}
        {sounding && note === 'untrusted' ? ' The sentence begins anew.' : ''}
      </VisuallyHidden>
    </>
  );
}
