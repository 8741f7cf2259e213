import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { ListeningSessionEntry, ListeningTest } from '../../../../shared/schemas/listening.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import {
  abandonSession,
  readTest,
  removeTest,
  restoreTest,
  startSession,
} from '../../../stores/listening/listening-calls.ts';
import { ANSWERS_FILE } from '../../../stores/listening/listening-files.ts';
import { closeRoom, openRoom } from '../../../stores/listening/room.ts';
import { openSitting } from '../../../stores/listening/sitting.ts';
import { loadTest, noteTest, useListeningTests } from '../../../stores/listening/tests.ts';
import { beginListener, unplanListener, useWaiting, waitingFor } from '../../../stores/listening/waiting.ts';
import { tellFault, tellUndo } from '../../takes/notices.tsx';
import { Picker } from './blind-menu.tsx';
import room from './blind-room.module.css';
import { saveSessionFile, takeAnswersFile } from './file-deeds.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { RoomPage } from './room-page.tsx';
import { Section } from './section.tsx';

/** The owner’s page of a test: who is done, and nothing of what was answered. */
export function TestPage({ testId }: { testId: string }) {
  const test = useListeningTests(({ tests }) => tests.find(({ id }) => id === testId) ?? null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    loadTest(testId).catch((thrown) => setFault(toFault(thrown)));
  }, [testId]);
  return (
    <>
      <RoomPage test={test} fault={fault}>
        {test && <OpenTest test={test} />}
      </RoomPage>
      {test && <Foot test={test} />}
    </>
  );
}

/** What is asked, in a sentence. */
function aboutTest({ method, slots, texts, trials, equalLoudness, showText }: ListeningTest): string {
  const pages = method === 'rating' || method === 'mushra' ? 'pages' : 'trials';
  const amount = `${trials} ${trials === 1 ? pages.slice(0, -1) : pages}`;
  return [
    `${slots} slots, ${texts} ${texts === 1 ? 'text' : 'texts'}, ${amount} of each listener`,
    equalLoudness ? 'at equal loudness' : 'as loud as they are',
    showText ? 'with the text' : 'without the text',
  ].join(', ');
}

function OpenTest({ test }: { test: ListeningTest }) {
  const waiting = useWaiting((state) => waitingFor(state, test.id));
  const open = test.state === 'open';
  return (
    <>
      <Section title="Test">
        <p className={room.line}>{aboutTest(test)}.</p>
      </Section>
      <Section
        title="Listeners"
        about={open ? 'Who is done, not what was answered: that is hidden until the reveal.' : ''}
      >
        <table className={room.table}>
          <thead>
            <tr>
              <th scope="col">Listener</th>
              <th scope="col">State</th>
              <th scope="col" data-right>
                Answered
              </th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {test.sessions.map((session) => (
              <SessionRow key={session.id} session={session} open={open} />
            ))}
            {waiting.map((name) => (
              <Row key={name} name={name} state="not begun" answered={`0 of ${test.trials}`}>
                {open && <BeginButton testId={test.id} name={name} />}
                <Button variant="subtle" color="gray" onClick={() => unplanListener(test.id, name)}>
                  Leave out
                </Button>
              </Row>
            ))}
          </tbody>
        </table>
        {open && <AddListener test={test} />}
      </Section>
    </>
  );
}

function Row(props: { name: string; state: string; answered: string; children?: ReactNode }) {
  return (
    <tr>
      <td>{props.name}</td>
      <td className={room.dim}>{props.state}</td>
      <td data-right>{props.answered}</td>
      <td>
        <div className={room.row} style={{ justifyContent: 'flex-end' }}>
          {props.children}
        </div>
      </td>
    </tr>
  );
}

const STATES: Record<ListeningSessionEntry['state'], string> = {
  running: 'under way',
  away: 'elsewhere, by a file',
  finished: 'done',
  abandoned: 'broken off, does not count',
};

function SessionRow({ session, open }: { session: ListeningSessionEntry; open: boolean }) {
  const { id, listener, state, answered, of } = session;
  const abandon = () => abandonSession(id).catch((thrown) => tellFault(thrown, 'It was not broken off'));
  return (
    <Row name={listener} state={STATES[state]} answered={`${answered} of ${of}`}>
      {open && state === 'running' && <Button onClick={() => void openSitting(id)}>{`${listener} goes on`}</Button>}
      {open && state === 'away' && (
        <Button variant="default" onClick={() => void saveSessionFile(id, listener)}>
          Save the file…
        </Button>
      )}
      {open && (state === 'running' || state === 'away') && (
        <Button variant="subtle" color="gray" onClick={() => void abandon()}>
          Break off
        </Button>
      )}
    </Row>
  );
}

function BeginButton({ testId, name }: { testId: string; name: string }) {
  const begin = () => beginListener(testId, name).catch((thrown) => tellFault(thrown, 'The session was not begun'));
  return <Button onClick={() => void begin()}>{`${name} begins`}</Button>;
}

function AddListener({ test }: { test: ListeningTest }) {
  const [name, setName] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const pick = useRef<() => void>(null);
  const listener = name.trim();
  const add = async (work: () => Promise<unknown>) => {
    setFault(null);
    try {
      await work();
      setName('');
    } catch (thrown) {
      setFault(toFault(thrown));
    }
  };
  const elsewhere = async () => {
    const session = await startSession(test.id, { listener, away: true });
    noteTest(await readTest(test.id));
    await saveSessionFile(session.id, listener);
  };
  return (
    <>
      <div className={room.row}>
        <TextInput
          aria-label="Name of another listener"
          placeholder="Another listener"
          w={200}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={listener === ''}
          onClick={() => void add(() => beginListener(test.id, listener))}
        >
          Begin here
        </Button>
        <Button variant="default" disabled={listener === ''} onClick={() => void add(elsewhere)}>
          Save a file for elsewhere…
        </Button>
        <Button variant="subtle" color="gray" onClick={() => pick.current?.()}>
          Merge a file of answers…
        </Button>
        <Picker
          openRef={pick}
          label="File of answers"
          accept={ANSWERS_FILE}
          onFile={(file) => void takeAnswersFile(file)}
        />
      </div>
      {fault && <FaultNotice fault={fault} onClose={() => setFault(null)} />}
    </>
  );
}

function Foot({ test }: { test: ListeningTest }) {
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    try {
      await removeTest(test.id);
      closeRoom();
      tellUndo(`“${test.name}” deleted`, async () => noteTest(await restoreTest(test.id)));
    } catch (thrown) {
      tellFault(thrown, 'The test was not deleted');
    }
  };
  const done = test.sessions.filter(({ state }) => state === 'finished').length;
  return (
    <footer className={room.foot}>
      <p className={room.said}>{`${done} ${done === 1 ? 'listener is' : 'listeners are'} done.`}</p>
      <Button variant="subtle" color="gray" onClick={() => void remove()}>
        Delete the test
      </Button>
      {test.state === 'open' ? (
        <Button
          size="md"
          // What cannot be taken back is not what is pressed next while somebody has still to answer.
          variant={test.sessions.some(({ state }) => state === 'running' || state === 'away') ? 'default' : 'filled'}
          disabled={test.sessions.length === 0}
          onClick={() => setAsking(true)}
        >
          Reveal…
        </Button>
      ) : (
        <Button size="md" onClick={() => openRoom({ at: 'results', testId: test.id })}>
          Results
        </Button>
      )}
      <RevealDialog test={test} opened={asking} onClose={() => setAsking(false)} />
    </footer>
  );
}
