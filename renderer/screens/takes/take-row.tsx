import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleHalf2,
  IconDots,
  IconFileImport,
  IconLoader2,
  IconNote,
  IconPlayerPlayFilled,
  IconReplace,
} from '@tabler/icons-react';
import { type MouseEvent, memo } from 'react';
import type { Take } from '../../../shared/schemas/take.ts';
import type { SelectHow } from '../../stores/takes-selection.ts';
import { CELL, rowRole, takeRowId } from './grid-roles.ts';
import { Rating } from './rating.tsx';
import { rateTake } from './take-deeds.tsx';
import {
  clock,
  costWords,
  firstSound,
  heardVoice,
  insteadWords,
  isEstimated,
  levelWords,
  NO_FIGURE,
  settingsThatDiffer,
  takeSeconds,
  when,
  whenInFull,
} from './take-words.ts';
import classes from './takes-list.module.css';

// Drawn once for all rows: rows come and go while the list scrolls, and must be cheap.
const DOTS = <IconDots size={15} stroke={1.6} aria-hidden />;

const STATE = {
  rendering: { icon: IconLoader2, tone: 'accent', words: 'Being made' },
  done: { icon: IconCircleCheck, tone: undefined, words: 'Done' },
  incomplete: { icon: IconCircleHalf2, tone: 'warn', words: 'Incomplete' },
  failed: { icon: IconAlertTriangle, tone: 'bad', words: 'Failed' },
} as const;

function StateButton({ take, onPlay }: { take: Take; onPlay: () => void }) {
  const { icon: Icon, tone, words } = STATE[take.state];
  const silent = take.state === 'failed';
  const why = take.fault === null ? words : `${words}: ${take.fault.message}`;
  return (
    <button
      type="button"
      className={classes.play}
      tabIndex={-1}
      data-tone={tone}
      data-fixed={silent || undefined}
      disabled={silent}
      title={why}
      aria-label={silent ? why : `Play. ${why}`}
      onClick={(event) => {
        event.stopPropagation();
        onPlay();
      }}
    >
      <Icon
        size={15}
        stroke={1.6}
        className={`${classes.state} ${take.state === 'rendering' ? classes.turning : ''}`}
      />
      <IconPlayerPlayFilled size={13} className={classes.hover} />
    </button>
  );
}

function Title({ take }: { take: Take }) {
  const text = take.text.replace(/\s+/g, ' ').trim();
  return (
    <span className={classes.title} {...CELL}>
      {take.name && <span className={classes.name}>{take.name}</span>}
      <span className={take.name ? classes.text : classes.name} title={text}>
        {text || 'No text known'}
      </span>
      {take.fault && (
        <span className={classes.why} data-tone={STATE[take.state].tone} title={take.fault.message}>
          {take.fault.message}
        </span>
      )}
      {take.note && (
        <span className={classes.mark} title={take.note}>
          <IconNote size={13} stroke={1.5} aria-label="Has a note" />
        </span>
      )}
      {take.source === 'imported' && (
        <span className={classes.mark} title="Brought in from a file">
          <IconFileImport size={13} stroke={1.5} aria-label="Brought in from a file" />
        </span>
      )}
    </span>
  );
}

/** Who is heard; marked where it is not the voice that was asked for. */
function Voice({ take }: { take: Take }) {
  const instead = insteadWords(take);
  const heard = heardVoice(take);
  if (instead === null) {
    return (
      <span className={classes.cell} {...CELL} title={heard}>
        {heard}
      </span>
    );
  }
  return (
    <span className={`${classes.cell} ${classes.instead}`} {...CELL} title={instead}>
      <IconReplace size={14} stroke={1.6} role="img" aria-label={`In place of ${take.voiceName || take.voiceId}:`} />
      <span>{heard}</span>
    </span>
  );
}

function Cost({ take }: { take: Take }) {
  if (take.source === 'imported') return NO_FIGURE;
  const { cost } = take;
  if ((cost.billed ?? cost.estimated) === 0) return costWords(take);
  return <span title={isEstimated(take) ? 'Estimated' : 'Billed'}>{costWords(take)}</span>;
}

interface TakeRowProps {
  take: Take;
  row: number;
  top: number;
  selected: boolean;
  chosen: boolean;
  onSelect: (id: string, how: SelectHow) => void;
  onPlay: (take: Take) => void;
  onMenu: (take: Take, x: number, y: number) => void;
}

/** One take in the list. Its height never changes. */
export const TakeRow = memo(function TakeRow(props: TakeRowProps) {
  const { take, row, top, selected, chosen, onSelect, onPlay, onMenu } = props;
  const first = firstSound(take);
  const seconds = takeSeconds(take);
  const settings = settingsThatDiffer(take.settings).join('  ');
  const loudness = take.measurements?.loudness ?? null;
  const hands = {
    onClick: (event: MouseEvent) =>
      onSelect(take.id, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone'),
    onDoubleClick: () => onPlay(take),
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      onMenu(take, event.clientX, event.clientY);
    },
  };
  return (
    <div
      id={takeRowId(take.id)}
      {...rowRole(row, selected)}
      {...hands}
      className={`${classes.row} ${classes.columns}`}
      data-selected={selected || undefined}
      data-chosen={chosen || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span {...CELL}>
        <StateButton take={take} onPlay={() => onPlay(take)} />
      </span>
      <span className={`${classes.cell} ${classes.dim}`} {...CELL} title={whenInFull(take.createdAt)}>
        {when(take.createdAt)}
      </span>
      <Title take={take} />
      <Voice take={take} />
      <span className={`${classes.cell} ${classes.dim}`} {...CELL} title={settings}>
        {settings || NO_FIGURE}
      </span>
      <span className={classes.figure} {...CELL}>
        {take.cached ? (
          <span
            className={classes.dim}
            title="The same audio was in the library already; the voice was not asked again"
          >
            cached
          </span>
        ) : first === null ? (
          <span className={classes.dim}>{NO_FIGURE}</span>
        ) : (
          <>
            {first.toLocaleString()}
            <span className={classes.unit}>ms</span>
          </>
        )}
      </span>
      <span className={classes.figure} {...CELL}>
        {seconds === null ? <span className={classes.dim}>{NO_FIGURE}</span> : clock(seconds)}
      </span>
      <span className={classes.figure} {...CELL}>
        {loudness === null ? (
          <span className={classes.dim}>{NO_FIGURE}</span>
        ) : (
          <>
            {levelWords(loudness)}
            <span className={classes.unit}>LUFS</span>
          </>
        )}
      </span>
      <span className={`${classes.figure} ${classes.dim}`} {...CELL}>
        <Cost take={take} />
      </span>
      <span {...CELL}>
        <Rating value={take.rating} onRate={(rating) => void rateTake(take, rating)} />
      </span>
      <span {...CELL}>
        <button
          type="button"
          className={classes.more}
          tabIndex={-1}
          aria-label="What can be done with this take"
          onClick={(event) => {
            event.stopPropagation();
            onMenu(take, event.clientX, event.clientY);
          }}
        >
          {DOTS}
        </button>
      </span>
    </div>
  );
});
