import { type DragEvent, useEffect } from 'react';
import { COMMAND_IDS, provideCommand } from '../../../stores/commands.ts';
import { useListeningRoom } from '../../../stores/listening/room.ts';
import classes from './blind-room.module.css';
import { ResultsPage } from './results-page.tsx';
import { SessionPage } from './session-page.tsx';
import { SetupPage } from './setup-page.tsx';
import { TestPage } from './test-page.tsx';

/** Nothing of the studio is to be reached from here: what its keys, its menu and the palette do is switched off. */
function useQuietStudio(): void {
  useEffect(() => {
    const stops = COMMAND_IDS.map((id) => provideCommand(id, () => undefined));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** A file that is dropped is not opened in place of the studio. */
const refuse = (event: DragEvent) => event.preventDefault();

/** Blind listening, over the whole window: nothing else of the studio is on the page meanwhile. */
export function BlindRoom() {
  const open = useListeningRoom((state) => state.open);
  useQuietStudio();
  if (open === null) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only refuses what is dropped by accident
    <div className={classes.room} data-blind-room={open.at} onDragOver={refuse} onDrop={refuse}>
      {open.at === 'setup' && <SetupPage method={open.method} />}
      {open.at === 'test' && <TestPage key={open.testId} testId={open.testId} />}
      {open.at === 'session' && <SessionPage />}
      {open.at === 'results' && <ResultsPage key={open.testId} testId={open.testId} />}
    </div>
  );
}

export default BlindRoom;
