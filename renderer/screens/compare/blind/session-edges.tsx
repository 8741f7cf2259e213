import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ListeningSession } from '../../../../shared/schemas/listening.ts';
import { removeGuest } from '../../../stores/listening/listening-files.ts';
import { leaveSession, openSitting, prepare } from '../../../stores/listening/sitting.ts';
import { guestRemoved, loadTest, useListeningTests } from '../../../stores/listening/tests.ts';
import { beginListener, useWaiting, waitingFor } from '../../../stores/listening/waiting.ts';
import { tellFault } from '../../takes/notices.tsx';
import { saveAnswersFile } from './file-deeds.ts';
import classes from './session-edges.module.css';

/** A session that waits to be begun, or was broken off: then it goes on where it was. */
export function Offered({ session }: { session: ListeningSession }) {
  const { listener, answered, of, trial } = session;
  const fresh = answered === 0 && trial?.draft === null;
  return (
    <div className={classes.edge}>
      <h2>{fresh ? `A listening test for ${listener}` : `${listener}, your listening test was interrupted`}</h2>
      <p>
        {fresh
          ? `There ${of === 1 ? 'is one trial' : `are ${of} trials`}. Listen as often as you like, best with headphones, and leave whenever you want: each answer is stored at once.`
          : `${answered === 0 ? 'No trial is answered yet.' : `${answered} of ${of} trials are answered, and kept.`} It goes on exactly where it was.`}
      </p>
      <div className={classes.deeds}>
        <Button size="md" autoFocus onClick={() => void prepare()}>
          {fresh ? 'Begin' : 'Go on'}
        </Button>
        <Button size="md" variant="default" onClick={() => void leaveSession()}>
          Later
        </Button>
      </div>
      {session.testId === null && <GuestDeeds session={session} />}
    </div>
  );
}

/** What can be done with a session that came in a file. */
function GuestDeeds({ session: { id, answered, of } }: { session: ListeningSession }) {
  const [asked, setAsked] = useState(false);
  const remove = async () => {
    try {
      await removeGuest(id);
      await leaveSession();
      guestRemoved(id);
    } catch (thrown) {
      tellFault(thrown, 'It was not removed');
    }
  };
  return (
    <div className={classes.deeds}>
      {answered > 0 && answered < of && (
        <Button variant="subtle" color="gray" onClick={() => void saveAnswersFile(id)}>
          Save the answers so far…
        </Button>
      )}
      {asked ? (
        <Button variant="subtle" color="red" onClick={() => void remove()}>
          {`Remove it with ${answered === 1 ? 'its answer' : `all ${answered} answers`}, for good`}
        </Button>
      ) : (
        <Button variant="subtle" color="gray" onClick={() => (answered > 0 ? setAsked(true) : void remove())}>
          Remove this test from here
        </Button>
      )}
    </div>
  );
}

/** What is said at the end; who is next can begin. */
export function Ended({ session }: { session: ListeningSession }) {
  const { testId, state, listener, of } = session;
  const next = useRef<HTMLButtonElement>(null);
  const test = useListeningTests(({ tests }) => tests.find(({ id }) => id === testId) ?? null);
  useEffect(() => {
    if (testId !== null) void loadTest(testId).catch(() => undefined);
  }, [testId]);
  useEffect(() => next.current?.focus(), []);
  const isOpen = test?.state === 'open';
  const under = isOpen ? test.sessions.filter((one) => one.state === 'running') : [];
  const planned = useWaiting((names) => waitingFor(names, testId ?? ''));
  const toCome = isOpen ? planned : [];
  const begin = (name: string) =>
    beginListener(testId ?? '', name).catch((thrown) => tellFault(thrown, 'The session was not begun'));
  const finished = state === 'finished';
  return (
    <div className={classes.edge}>
      <h2>{finished ? `Thank you, ${listener}` : 'This session is over'}</h2>
      <p>
        {finished
          ? `${of === 1 ? 'Your answer is' : `All ${of} answers are`} stored. ${testId === null ? 'Save a file of what you answered, and send it to who gave you the test.' : 'What came out is shown when everybody is done and the test is revealed.'}`
          : 'It takes no more answers. Those given before are kept.'}
      </p>
      <div className={classes.deeds}>
        {toCome.map((name) => (
          <Button key={name} size="md" variant="default" onClick={() => void begin(name)}>
            {`Next: ${name}`}
          </Button>
        ))}
        {under.map(({ id, listener: name }) => (
          <Button key={id} size="md" variant="default" onClick={() => void openSitting(id)}>
            {`${name} goes on`}
          </Button>
        ))}
        {testId === null && (
          <Button size="md" onClick={() => void saveAnswersFile(session.id)}>
            Save the answers…
          </Button>
        )}
        <Button
          ref={next}
          size="md"
          variant={toCome.length + under.length > 0 ? 'subtle' : 'filled'}
          onClick={() => void leaveSession()}
        >
          {testId === null ? 'Close' : 'To the page of the test'}
        </Button>
      </div>
      {testId === null && <GuestDeeds session={session} />}
    </div>
  );
}
