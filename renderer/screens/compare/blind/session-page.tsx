import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ListeningTrial } from '../../../../shared/schemas/listening.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import { usePlayer } from '../../../player/player-store.ts';
import { isSounding } from '../../../stores/heard.ts';
import { useHearing } from '../../../stores/listening/hearing.ts';
import { missingFor } from '../../../stores/listening/missing.ts';
import {
  confirmAnswer,
  followSitting,
  keepNow,
  leaveSession,
  prepare,
  readAnew,
  useSitting,
} from '../../../stores/listening/sitting.ts';
import room from './blind-room.module.css';
import { ChoiceTrial } from './choice-trial.tsx';
import { PlaceLine } from './place-line.tsx';
import { RatingTrial } from './rating-trial.tsx';
import { Ended, Offered } from './session-edges.tsx';
import classes from './session-page.module.css';
import { useSessionKeys } from './use-session-keys.ts';

/** A listener’s session: the task, and nothing else. */
export function SessionPage() {
  const { session, stage, fault } = useSitting();
  const heading = useRef<HTMLHeadingElement>(null);
  const trial = session?.trial ?? null;
  useEffect(() => {
    const stop = followSitting();
    const leaving = new AbortController();
    addEventListener('pagehide', keepNow, { signal: leaving.signal });
    return () => {
      stop();
      leaving.abort();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each trial begins at its heading
  useEffect(() => {
    // At the end it is the next listener’s button that has the focus.
    if (stage !== 'ended') heading.current?.focus();
  }, [trial?.id, stage === 'offered']);
  const listens = trial !== null && stage !== 'offered' && stage !== 'ended';
  return (
    <main className={classes.session} aria-label="Listening test">
      <header className={room.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.heading}>
          {listens ? `Trial ${trial.index + 1} of ${trial.of}` : (session?.name ?? 'Listening test')}
        </h1>
        {listens && <span className={room.dim}>{session?.listener}</span>}
        <span className={room.space} />
        {(listens || session === null) && (
          <Button
            variant="subtle"
            color="gray"
            // Space plays: it must not leave instead, because this is the first thing that Tab comes to.
            onKeyDown={(event) => event.key === ' ' && event.preventDefault()}
            onClick={() => void leaveSession()}
          >
            {session === null ? 'Close' : 'Leave, go on later'}
          </Button>
        )}
      </header>
      <div className={classes.trials} aria-hidden>
        {listens && <i style={{ width: `${(100 * trial.index) / trial.of}%` }} />}
      </div>
      {session === null && fault !== null && (
        <div className={classes.fault}>
          <FaultNotice fault={fault} />
        </div>
      )}
      {stage === 'offered' && session !== null && <Offered session={session} />}
      {stage === 'ended' && session !== null && <Ended session={session} />}
      {listens && <Task key={trial.id} trial={trial} />}
    </main>
  );
}

const QUESTIONS: Record<ListeningTrial['method'], string> = {
  preference: 'Which one is better?',
  abx: 'Which one is X?',
  rating: 'How good is each of them?',
  mushra: 'How close is each of them to the reference R?',
};

function Task({ trial }: { trial: ListeningTrial }) {
  useSessionKeys(trial);
  const rates = trial.method === 'rating' || trial.method === 'mushra';
  return (
    <>
      <div className={classes.task}>
        <p className={classes.text} data-shown={trial.text !== null || undefined}>
          {trial.text}
        </p>
        <PlaceLine trial={trial} />
        <h2 className={classes.question}>{QUESTIONS[trial.method]}</h2>
        {rates ? <RatingTrial trial={trial} /> : <ChoiceTrial trial={trial} />}
      </div>
      <Plays trial={trial} />
      <Foot trial={trial} />
    </>
  );
}

/** What a screen reader is told: which letter is heard. */
function Plays({ trial }: { trial: ListeningTrial }) {
  const sounding = usePlayer(({ status }) => isSounding(status));
  const stimulus = useHearing((state) => state.stimulus);
  const place = trial.places.find((one) => one.stimulus === stimulus)?.place;
  return (
    <VisuallyHidden role="status">
      {place === undefined ? '' : sounding ? `${place} plays` : `${place} stands still`}
    </VisuallyHidden>
  );
}

function Foot({ trial }: { trial: ListeningTrial }) {
  const { stage, fault, choice, ratings, heard } = useSitting();
  const restarts = useHearing((state) => state.switching === 'restart');
  const output = usePlayer((state) => state.device.note);
  const unheard = usePlayer((state) => state.fault?.message ?? '');
  const missing = missingFor(trial, { choice, ratings, heard });
  const last = trial.index + 1 === trial.of;
  if (fault !== null) {
    return (
      <footer className={room.foot}>
        <div className={classes.told}>
          <FaultNotice fault={fault} action={<Remedy />} />
        </div>
      </footer>
    );
  }
  const says = {
    preparing: 'The sounds are being prepared…',
    storing: 'Your answer is being stored…',
    listening: missing ?? 'Press Enter to go on.',
  };
  const words = stage in says ? says[stage as keyof typeof says] : '';
  return (
    <footer className={room.foot}>
      <p className={room.said} role="status" data-missing={missing !== null || undefined}>
        {words}
        {[output, unheard].filter(Boolean).map((said) => ` ${said}`)}
        {restarts && stage === 'listening' && ' These sounds cannot be matched word by word: each begins anew.'}
      </p>
      <Button
        size="md"
        className={classes.next ?? ''}
        disabled={stage !== 'listening' || missing !== null}
        onClick={() => void confirmAnswer()}
        data-confirm
      >
        {last ? 'Finish' : 'Next'}
      </Button>
    </footer>
  );
}

function Remedy() {
  const { stage, fault } = useSitting();
  if (fault?.code === 'conflict' || fault?.code === 'not_found') {
    return (
      <Button variant="default" onClick={() => void readAnew()}>
        Load anew
      </Button>
    );
  }
  const again = stage === 'unstored' ? confirmAnswer : prepare;
  return (
    <Button variant="default" onClick={() => void again()} data-retry>
      Try again
    </Button>
  );
}
