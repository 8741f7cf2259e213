import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleHalf2,
  IconFileImport,
  IconLoader2,
  IconNote,
  IconPlayerPlayFilled,
  IconReplace,
} from '@tabler/icons-react';
import { heardVoice } from '../../../shared/export/heard-voice.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { CELL } from './grid-roles.ts';
import { costWords, insteadWords, isEstimated, NO_FIGURE } from './take-words.ts';
import classes from './takes-list.module.css';

const STATE = {
  rendering: { icon: IconLoader2, tone: 'accent', words: 'Being made' },
  done: { icon: IconCircleCheck, tone: undefined, words: 'Done' },
  incomplete: { icon: IconCircleHalf2, tone: 'warn', words: 'Incomplete' },
  failed: { icon: IconAlertTriangle, tone: 'bad', words: 'Failed' },
} as const;

/** How a take is; plays it. */
export function StateButton({ take, onPlay }: { take: Take; onPlay: () => void }) {
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

/** Name and text, why it is not whole, and what marks it. */
export function Title({ take }: { take: Take }) {
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
export function Voice({ take }: { take: Take }) {
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

/** What a take cost; the title says whether that was billed. */
export function Cost({ take }: { take: Take }) {
  if (take.source === 'imported') return NO_FIGURE;
  const { cost } = take;
  if ((cost.billed ?? cost.estimated) === 0) return costWords(take);
  return <span title={isEstimated(take) ? 'Estimated' : 'Billed'}>{costWords(take)}</span>;
}
