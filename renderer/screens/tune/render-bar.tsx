import { Button } from '@mantine/core';
import { IconPlayerStopFilled, IconWaveSine } from '@tabler/icons-react';
import { MAX_TEXT_CHARACTERS } from '../../../shared/schemas/take.ts';
import type { TextReport } from '../../../shared/schemas/text.ts';
import { amountWords } from '../../../shared/text/amount-words.ts';
import { Chord } from '../../elements/chord.tsx';
import { usePlayer } from '../../player/player-store.ts';
import { cancelRender, renderTake, useRender } from '../../stores/render.ts';
import { chordsOf, useShortcuts } from '../../stores/shortcuts.ts';
import { useTasks } from '../../stores/tasks.ts';
import { useTextCheck } from '../../stores/text-check.ts';
import { useTune } from '../../stores/tune.ts';
import { useDeskModel } from '../desk/use-desk-voice.ts';
import { InsertMenu } from './insert-menu.tsx';
import classes from './render-bar.module.css';

/** How long the text is and will be, how the render goes, and the button that starts it. */
export function RenderBar() {
  const text = useTune((state) => state.text);
  const { id, stage } = useRender();
  const report = useTextCheck((state) => state.report);
  const chord = useShortcuts((state) => chordsOf(state, 'render')[0]);
  const limit = useDeskModel()?.capabilities.maxCharacters ?? MAX_TEXT_CHARACTERS;
  const characters = [...text].length;
  const tooLong = characters > limit;
  const empty = text.trim() === '';
  return (
    <div className={classes.bar}>
      <RenderProgress />
      <InsertMenu />
      <span className={classes.count} data-over={tooLong || undefined}>
        {characters.toLocaleString('en')} / {limit.toLocaleString('en')}
      </span>
      <span className={classes.facts}>
        {tooLong ? `${(characters - limit).toLocaleString('en')} too many` : facts(report)}
      </span>
      <span className={classes.state} aria-live="polite">
        <RenderWords />
      </span>
      {id === null ? (
        <Button
          size="sm"
          leftSection={<IconWaveSine size={16} stroke={1.8} />}
          rightSection={chord && <Chord chord={chord} />}
          disabled={empty || tooLong}
          onClick={() => void renderTake()}
        >
          Render
        </Button>
      ) : (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlayerStopFilled size={14} />}
          loading={stage === 'cancelling'}
          onClick={() => void cancelRender()}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}

function facts(report: TextReport | null): string {
  if (report === null) return '';
  const { language, estimatedSeconds, cost } = report;
  const seconds = Math.max(1, Math.round(estimatedSeconds));
  const length = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return [language && (language.sure ? language.name : `${language.name}?`), `about ${length}`, cost && costWords(cost)]
    .filter(Boolean)
    .join(' · ');
}

/** What a text would cost: money as it is reckoned, credits about. */
function costWords({ amount, currency }: NonNullable<TextReport['cost']>): string {
  const words = amountWords(amount, currency);
  return currency === 'credits' && amount > 0 ? `≈ ${words}` : words;
}

/** How much of the take is here, 0-1; null where that is not known, as for one that is longer than was thought. */
function useRendered(): number | null {
  const id = useRender((state) => state.id);
  const expected = useRender((state) => state.expectedSeconds);
  const seconds = usePlayer((state) => (id !== null && state.takeId === id ? state.duration : 0));
  return seconds > 0 && seconds < expected ? seconds / expected : null;
}

function RenderWords() {
  const stage = useRender((state) => state.stage);
  const task = useTasks((state) => Object.values(state.tasks)[0]);
  if (task !== undefined) {
    return task.progress === null ? task.label : `${task.label} ${Math.round(task.progress * 100)} %`;
  }
  if (stage === 'asked') return 'Waiting for the first sound';
  if (stage === 'arriving') return 'Rendering';
  if (stage === 'cancelling') return 'Cancelling';
  return '';
}

/** A line over the bar: how far a long task is, or that something is under way. */
function RenderProgress() {
  const rendering = useRender((state) => state.id !== null);
  const task = useTasks((state) => Object.values(state.tasks)[0]);
  const rendered = useRendered();
  const progress = task === undefined ? rendered : task.progress;
  if (!rendering && task === undefined) return null;
  return (
    <div
      className={classes.progress}
      role="progressbar"
      aria-label={task?.label ?? 'Rendering'}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(progress === null ? {} : { 'aria-valuenow': Math.round(progress * 100) })}
    >
      <div
        data-running={progress === null || undefined}
        style={progress === null ? {} : { width: `${progress * 100}%` }}
      />
    </div>
  );
}
