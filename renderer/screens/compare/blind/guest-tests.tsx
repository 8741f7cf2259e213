import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { TEST_FILE } from '../../../stores/listening/listening-files.ts';
import { openSitting } from '../../../stores/listening/sitting.ts';
import { loadTests, useListeningTests } from '../../../stores/listening/tests.ts';
import { useProjects } from '../../../stores/projects.ts';
import { Picker } from './blind-menu.tsx';
import room from './blind-room.module.css';
import { takeTestFile } from './file-deeds.ts';

/** For who only listens: takes a test from a file, or goes on with one. */
export function GuestTests() {
  const projectId = useProjects((state) => state.currentId);
  const guests = useListeningTests((state) => state.guests);
  const pick = useRef<() => void>(null);
  useEffect(() => {
    if (projectId !== null) void loadTests(projectId);
  }, [projectId]);
  return (
    <div className={room.row} style={{ justifyContent: 'center' }}>
      {guests.map(({ id, name, listener, answered, of }) => (
        <Button key={id} variant="default" onClick={() => void openSitting(id, true)}>
          {`${name}: ${listener}, ${answered} of ${of}`}
        </Button>
      ))}
      <Button variant="subtle" color="gray" onClick={() => pick.current?.()}>
        Take a listening test from a file…
      </Button>
      <Picker
        openRef={pick}
        label="Listening-test file"
        accept={TEST_FILE}
        onFile={(file) => void takeTestFile(file)}
      />
    </div>
  );
}
