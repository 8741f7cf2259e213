import { IconAlertTriangle } from '@tabler/icons-react';
import { sameJson } from '../../../shared/canonical.ts';
import { leftoverWords } from '../../../shared/matching/leftover-words.ts';
import type { Candidate, MappingRow } from '../../../shared/schemas/mapping.ts';
import { choiceOf } from '../../stores/mapping/coverage.ts';
import classes from './candidates-list.module.css';
import { chooseWithUndo } from './deeds.tsx';
import { DistanceBar } from './distance-bar.tsx';
import { choiceName, countWords, settingWords } from './map-words.ts';
import { onRadioKeys } from './radio-keys.ts';

const MATCHED: Record<Candidate['matched'], string> = {
  matched: '',
  'not matched': 'could not be matched',
  'not tried': 'reckoned',
};

const NOT_TRIED = 'Its settings were reckoned from how both speak, and not tried on the same text';

/** The nearest voices in order; one of them is chosen, unless the choice was set by hand. */
export function CandidatesList({ row, largest }: { row: MappingRow; largest: number }) {
  const { proposal, choice } = row;
  if (proposal === null) return null;
  const { candidates, compared, leftOut, failed = [] } = proposal;
  const chosen = candidates.findIndex((candidate) => sameJson(choiceOf(candidate), choice));
  const choose = (place: number) => {
    const candidate = candidates[place];
    if (candidate && place !== chosen) void chooseWithUndo(row, choiceOf(candidate));
  };
  return (
    <section className={classes.candidates} aria-label="Nearest voices">
      <h3 className={classes.head}>
        Nearest voices
        <span className={classes.compared}>
          of {countWords(compared, 'voice')}
          {leftOut > 0 && `; ${leftOut} left out by their labels`}
        </span>
      </h3>
      <div role="radiogroup" aria-label="Nearest voices" className={classes.list} onKeyDown={onRadioKeys(choose)}>
        {candidates.map((candidate, place) => (
          // biome-ignore lint/a11y/useSemanticElements: a radio with several lines and a bar in it
          <button
            key={`${candidate.voiceId} ${candidate.modelId} ${settingWords(candidate)}`}
            type="button"
            role="radio"
            aria-checked={place === chosen}
            tabIndex={place === Math.max(0, chosen) ? 0 : -1}
            className={classes.candidate}
            data-candidate={candidate.voiceId}
            onClick={() => choose(place)}
          >
            <span className={classes.dot} aria-hidden />
            <span className={classes.words}>
              <span className={classes.name}>
                {choiceName(candidate)}
                <span className={classes.settings}>{settingWords(candidate)}</span>
              </span>
              <span className={classes.left}>
                {MATCHED[candidate.matched] !== '' && (
                  <span
                    className={classes.matched}
                    data-is={candidate.matched}
                    title={candidate.matched === 'not tried' ? NOT_TRIED : undefined}
                  >
                    {candidate.matched === 'not matched' && <IconAlertTriangle size={12} stroke={1.6} aria-hidden />}
                    {MATCHED[candidate.matched]}:{' '}
                  </span>
                )}
                {leftoverWords(candidate.leftover)}
              </span>
            </span>
            <span className={classes.distance}>
              <DistanceBar distance={candidate.distance} largest={largest} />
            </span>
          </button>
        ))}
      </div>
      {candidates.length === 0 && <p className={classes.none}>No voice could be compared.</p>}
      {failed.length > 0 && (
        <details className={classes.failed}>
          <summary>{countWords(failed.length, 'voice')} could not be compared</summary>
          <ul>
            {failed.map(({ voiceId, voiceName, fault }) => (
              <li key={`${voiceId} ${fault.message}`}>
                {voiceName || voiceId}: {[fault.message, fault.todo].filter(Boolean).join(' ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
