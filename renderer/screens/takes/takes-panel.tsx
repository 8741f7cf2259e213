import { useResizeObserver } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { Take } from '../../../shared/schemas/take.ts';
import { provideCommand } from '../../stores/commands.ts';
import { useExports } from '../../stores/exports.ts';
import { useProjects } from '../../stores/projects.ts';
import { useSession } from '../../stores/session.ts';
import { closeDetails, openDetails, useTakeDetails } from '../../stores/take-details.ts';
import { chosenTake, isFiltered, NO_FILTER, useTakes } from '../../stores/takes.ts';
import { useImports } from '../../stores/takes-import.ts';
import { useTakesView } from '../../stores/takes-view.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { FaultWords } from './notices.tsx';
import { changeTake } from './take-deeds.tsx';
import { type MenuPlace, TakeMenu } from './take-menu.tsx';
import { TakesList } from './takes-list.tsx';
import classes from './takes-panel.module.css';
import { ImportButton, TakesToolbar } from './takes-toolbar.tsx';
import type { Room } from './view/lane-heights.ts';

const TakeView = lazy(() => import('./view/take-view.tsx'));
const TakeDetails = lazy(() => import('./take-details.tsx'));
const ImportDialog = lazy(() => import('./import-dialog.tsx'));
const ExportDialog = lazy(() => import('../export/export-dialog.tsx'));

/** CSS pixels of the toolbar, the head of the picture, and the names of the columns. */
const FIXED = 40 + 38 + 26;
const ROW = 32;

/** The picture leaves the list four rows where it can, and two where it must. */
function roomFor(height: number): Room {
  return { fair: height - FIXED - 4 * ROW, most: height - FIXED - 2 * ROW };
}

/** Keys of the whole page that are about takes. */
function useTakeCommands(): void {
  useEffect(() => {
    const takes = useTakes.getState;
    const press = (selector: string) => document.querySelector<HTMLElement>(selector);
    const stops = [
      provideCommand('next-take', () => void takes().step(1)),
      provideCommand('previous-take', () => void takes().step(-1)),
      provideCommand('find', () => press('[data-takes-search]')?.focus()),
      provideCommand('import-audio', () => press('[data-takes-import]')?.click()),
      provideCommand('export', () => useExports.getState().open([...takes().selection.selected])),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** Shows the takes of the project that is open. */
function useOpenProject(): void {
  const projectId = useProjects((state) => state.currentId);
  useEffect(() => {
    if (projectId !== null) void useTakes.getState().openProject(projectId);
  }, [projectId]);
  useEffect(() => {
    void useTakesView.getState().restore();
  }, []);
}

function Nothing() {
  const status = useTakes((state) => state.status);
  const fault = useTakes((state) => state.fault);
  const filter = useTakes((state) => state.filter);
  const temporary = useSession((state) => (state.status?.libraryFault ?? null) !== null);
  if (status === 'failed' && fault !== null) {
    return (
      <div className={classes.empty} role="alert">
        <FaultWords fault={fault} />
      </div>
    );
  }
  if (status !== 'ready') return <div className={classes.empty} />;
  if (isFiltered(filter)) {
    return (
      <div className={classes.empty}>
        <p className={classes.emptyTitle}>No take is like that</p>
        <p className={classes.emptyText}>
          <button
            type="button"
            className={classes.link}
            onClick={() => void useTakes.getState().setFilter({ ...NO_FILTER, sort: filter.sort })}
          >
            Show all takes
          </button>
        </p>
      </div>
    );
  }
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>
        {temporary ? 'Takes are kept in a temporary folder for now' : 'Every take is kept here'}
      </p>
      <p className={classes.emptyText}>
        Write a line above, choose a voice and press <kbd className={classes.key}>Space</kbd>. Each take stays with the
        settings that made it: hear it again, rate it, compare it, export it.
      </p>
      <ImportButton label="Bring in audio files" />
    </div>
  );
}

/** The list of takes and the picture of the chosen one. */
export function TakesPanel() {
  useOpenProject();
  useTakeCommands();
  const total = useTakes((state) => state.window.ids.length);
  const chosen = useTakes(chosenTake);
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const [renaming, setRenaming] = useState<Take | null>(null);
  const { id: detailsOf, take: unlisted } = useTakeDetails();
  const listed = useTakes((state) => (detailsOf === null ? undefined : state.window.takes.get(detailsOf)));
  const onMenu = useCallback((take: Take, x: number, y: number) => {
    if (!useTakes.getState().selection.selected.has(take.id)) useTakes.getState().choose(take.id);
    setPlace({ take, x, y });
  }, []);
  const [panel, size] = useResizeObserver();
  const importing = useImports((state) => state.entries.length > 0);
  const exporting = useExports((state) => state.takeIds.length > 0);
  const onDetails = useCallback((take: Take) => void openDetails(take.id).catch(() => undefined), []);

  return (
    <section ref={panel} className={classes.panel} aria-label="Takes">
      <TakesToolbar />
      {total === 0 ? <Nothing /> : <TakesList onMenu={onMenu} onRename={setRenaming} />}
      {chosen !== null && size.height > 0 && (
        <Suspense fallback={null}>
          <TakeView take={chosen} room={roomFor(size.height)} onDetails={onDetails} />
        </Suspense>
      )}
      <TakeMenu place={place} onClose={() => setPlace(null)} onRename={setRenaming} onDetails={onDetails} />
      <NameDialog
        opened={renaming !== null}
        title="Name of the take"
        label="Name"
        value={renaming?.name ?? ''}
        action="Rename"
        longest={200}
        mayBeEmpty
        onClose={() => setRenaming(null)}
        onName={async (name) => {
          if (renaming !== null) await changeTake(renaming, { name });
        }}
      />
      <Suspense fallback={null}>
        {detailsOf !== null && <TakeDetails take={listed ?? unlisted} onClose={closeDetails} />}
        {importing && <ImportDialog />}
        {exporting && <ExportDialog />}
      </Suspense>
    </section>
  );
}
