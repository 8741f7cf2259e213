import { Button, FileButton, Menu } from '@mantine/core';
import {
  IconChartDots,
  IconChevronDown,
  IconClipboardCheck,
  IconEarOff,
  IconFileImport,
  IconUserPlus,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Comparison } from '../../../../shared/schemas/comparison.ts';
import type { ListeningMethod, ListeningTest } from '../../../../shared/schemas/listening.ts';
import { ANSWERS_FILE, TEST_FILE } from '../../../stores/listening/listening-files.ts';
import { openRoom } from '../../../stores/listening/room.ts';
import { METHODS } from '../../../stores/listening/setup.ts';
import { openSitting } from '../../../stores/listening/sitting.ts';
import { loadTests, useListeningTests } from '../../../stores/listening/tests.ts';
import { takeAnswersFile, takeTestFile } from './file-deeds.ts';

const ICON = { size: 15, stroke: 1.6 };
const NONE: readonly ListeningTest[] = [];
const DIM = { color: 'var(--tb-dim)' };
const OPEN = { marginLeft: 8, color: 'var(--tb-accent)' };
const ASKS = {
  ...DIM,
  display: 'block',
  fontSize: 'var(--tb-size-small)',
  lineHeight: 1.35,
  whiteSpace: 'normal',
} as const;
/** Tests shown in the menu. */
const SHOWN = 12;

/** How far a test is, in a few words. */
export function testState({ state, sessions }: Pick<ListeningTest, 'state' | 'sessions'>): string {
  if (state === 'revealed') return 'revealed';
  const counted = sessions.filter(({ state: one }) => one !== 'abandoned');
  if (counted.length === 0) return 'not begun';
  const done = counted.filter(({ state: one }) => one === 'finished').length;
  return `${done} of ${counted.length} done`;
}

/** Makes blind tests of the open comparison, and opens those of the project. */
export function BlindMenu({ comparison }: { comparison: Comparison }) {
  const { projectId } = comparison;
  const tests = useListeningTests((state) => (state.projectId === projectId ? state.tests : NONE));
  const guests = useListeningTests((state) => state.guests);
  const open = tests.filter(({ state }) => state === 'open').length;
  const pickTest = useRef<() => void>(null);
  const pickAnswers = useRef<() => void>(null);
  useEffect(() => void loadTests(projectId), [projectId]);
  return (
    <>
      <Menu width={340} position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconEarOff {...ICON} />}
            rightSection={<IconChevronDown size={14} stroke={1.8} />}
            data-blind-menu
          >
            Blind test…
            {open > 0 && (
              <span aria-hidden style={OPEN}>
                {open} open
              </span>
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>New test of this comparison</Menu.Label>
          {(Object.keys(METHODS) as ListeningMethod[]).map((method) => (
            <Menu.Item
              key={method}
              leftSection={<IconUserPlus {...ICON} />}
              disabled={comparison.slots.length < METHODS[method].least}
              aria-labelledby={`blind-${method}`}
              aria-describedby={`blind-${method}-asks`}
              onClick={() => openRoom({ at: 'setup', method })}
            >
              <span id={`blind-${method}`}>{METHODS[method].name}…</span>
              <span id={`blind-${method}-asks`} style={ASKS}>
                {METHODS[method].asks}
              </span>
            </Menu.Item>
          ))}
          {tests.length > 0 && <Menu.Label>Tests of this project</Menu.Label>}
          {tests.slice(0, SHOWN).map((test) => (
            <Menu.Item
              key={test.id}
              leftSection={test.state === 'revealed' ? <IconChartDots {...ICON} /> : <IconClipboardCheck {...ICON} />}
              rightSection={<span style={DIM}>{testState(test)}</span>}
              onClick={() => openRoom({ at: test.state === 'revealed' ? 'results' : 'test', testId: test.id })}
            >
              {test.name}
            </Menu.Item>
          ))}
          {guests.length > 0 && <Menu.Label>Tests that came in files</Menu.Label>}
          {guests.map((session) => (
            <Menu.Item
              key={session.id}
              leftSection={<IconEarOff {...ICON} />}
              rightSection={<span style={DIM}>{`${session.answered} of ${session.of}`}</span>}
              onClick={() => void openSitting(session.id, true)}
            >
              {`${session.name}: ${session.listener}`}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconFileImport {...ICON} />} onClick={() => pickTest.current?.()}>
            Take a test from a file…
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport {...ICON} />} onClick={() => pickAnswers.current?.()}>
            Merge a file of answers…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Picker
        openRef={pickTest}
        label="Listening-test file"
        accept={TEST_FILE}
        onFile={(file) => void takeTestFile(file)}
      />
      <Picker
        openRef={pickAnswers}
        label="File of answers"
        accept={ANSWERS_FILE}
        onFile={(file) => void takeAnswersFile(file)}
      />
    </>
  );
}

/** A file dialog that stays on the page when the menu that opened it is gone. */
export function Picker(props: {
  openRef: React.RefObject<(() => void) | null>;
  label: string;
  accept: string;
  onFile: (file: File) => void;
}) {
  return (
    <FileButton
      accept={props.accept}
      onChange={(file) => file && props.onFile(file)}
      inputProps={{ 'aria-label': props.label }}
    >
      {({ onClick }) => {
        props.openRef.current = onClick;
        return null;
      }}
    </FileButton>
  );
}
