import type { ListeningTrial, TrialPlace } from '../../../../shared/schemas/listening.ts';
import { rate, useSitting } from '../../../stores/listening/sitting.ts';
import { LetterButton } from './letter-button.tsx';
import { QualityFader } from './quality-fader.tsx';
import classes from './rating-trial.module.css';
import { hearPlaceOf } from './use-session-keys.ts';

/** Names of the fifths of the scale, from its top (ITU-R BS.2132, BS.1534). */
export const QUALITIES = ['Excellent', 'Good', 'Fair', 'Poor', 'Bad'] as const;

/** The key that hears a place. */
const keyOf = (place: string) => (place === '10' ? '0' : place);

/** A fader from 0 to 100 for each sound of the page; where there is a reference, it is heard beside them. */
export function RatingTrial({ trial }: { trial: ListeningTrial }) {
  const reference = trial.places.find(({ rated }) => !rated);
  return (
    <div className={classes.page}>
      {reference && (
        <div className={classes.reference}>
          <LetterButton place={reference} shortcut="R" />
          <span>Reference</span>
        </div>
      )}
      <div className={classes.scale} aria-hidden>
        {QUALITIES.map((quality) => (
          <span key={quality}>{quality}</span>
        ))}
      </div>
      <div className={classes.faders}>
        {trial.places
          .filter(({ rated }) => rated)
          .map((place) => (
            <RatedPlace key={place.stimulus} trial={trial} place={place} />
          ))}
      </div>
    </div>
  );
}

function RatedPlace({ trial, place }: { trial: ListeningTrial; place: TrialPlace }) {
  const value = useSitting((state) => state.ratings[place.stimulus]);
  const begun = useSitting(({ stage, heard }) => stage === 'listening' && (heard[place.stimulus]?.plays ?? 0) > 0);
  return (
    <div className={classes.rated}>
      <QualityFader
        place={place.place}
        value={value ?? null}
        disabled={!begun}
        onPress={() => hearPlaceOf(trial, place.place)}
        onChange={(next) => rate(place.stimulus, next)}
      />
      <output className={classes.value}>{value ?? '–'}</output>
      <LetterButton place={place} shortcut={keyOf(place.place)} small />
    </div>
  );
}
