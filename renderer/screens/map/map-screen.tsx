import { Button, Modal, SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { coverageOf, ROW_FILTERS, type RowFilter } from '../../stores/mapping/coverage.ts';
import { followPairPlaying } from '../../stores/mapping/hear-pair.ts';
import { openDialog, rowInHand, showOnly, useMapView } from '../../stores/mapping/map-view.ts';
import { loadMappings, useMappings } from '../../stores/mapping/mappings.ts';
import { followPair } from '../../stores/mapping/pair.ts';
import { followPairSound } from '../../stores/mapping/pair-sound.ts';
import { useProjects } from '../../stores/projects.ts';
import { AddRecordings } from './add-recordings.tsx';
import { AddVoices } from './add-voices.tsx';
import { JudgeDialog } from './judge-dialog.tsx';
import { MapBegin } from './map-begin.tsx';
import { MapHead } from './map-head.tsx';
import classes from './map-screen.module.css';
import { RowDetail } from './row-detail.tsx';
import { RowsTable } from './rows-table.tsx';
import { RunLine } from './run-line.tsx';
import { SidesForm } from './sides-form.tsx';
import { useMapCommands } from './use-map-commands.ts';

const AliasesDialog = lazy(() => import('./aliases-dialog.tsx'));
const CloneDialog = lazy(() => import('./clone-dialog.tsx'));
const FindDialog = lazy(() => import('./find-dialog.tsx'));
const ExportMapping = lazy(() => import('./export-mapping.tsx'));
const ReadBackDialog = lazy(() => import('./read-back-dialog.tsx'));

/** Opens the mappings of the project, and follows what the row in hand can be heard in. */
function useOpenMapping(): void {
  const projectId = useProjects((state) => state.currentId);
  useEffect(() => {
    if (projectId !== null) void loadMappings(projectId);
  }, [projectId]);
  useEffect(() => {
    const stops = [followPair(), followPairSound(), followPairPlaying()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** From the voices that are left to their nearest ones, measured and approved by ear. */
export function MapScreen() {
  useOpenMapping();
  useMapCommands();
  const { current, status, fault } = useMappings();
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">Map</VisuallyHidden>
      {fault !== null && (
        <div className={classes.fault}>
          <FaultNotice fault={fault} onClose={() => useMappings.setState({ fault: null })} />
        </div>
      )}
      {current !== null && <OpenMapping mapping={current} />}
      {current === null && status === 'ready' && fault === null && <MapBegin />}
    </div>
  );
}

function OpenMapping({ mapping }: { mapping: WholeMapping }) {
  const { rowId, filter, dialog } = useMapView();
  const row = rowInHand(mapping.rows, rowId, filter);
  return (
    <>
      <MapHead mapping={mapping} />
      <RunLine />
      {mapping.rows.length === 0 ? (
        <div className={classes.first}>
          <div className={classes.firstBox}>
            <h2 className={classes.title}>Which voices are to be mapped?</h2>
            <Sources mapping={mapping} />
          </div>
        </div>
      ) : (
        <div className={classes.open}>
          <div className={classes.main}>
            <Tools mapping={mapping} />
            <RowsTable mapping={mapping} />
          </div>
          {row !== null && <RowDetail key={row.id} mapping={mapping} row={row} />}
        </div>
      )}
      <NewMapping opened={dialog === 'new'} />
      <Modal opened={dialog === 'voices'} onClose={() => openDialog(null)} size={560} title="Add voices to the mapping">
        <Sources mapping={mapping} onDone={() => openDialog(null)} />
      </Modal>
      <Suspense fallback={null}>
        {dialog === 'find' && <FindDialog mapping={mapping} />}
        {dialog === 'export' && <ExportMapping mapping={mapping} />}
        {dialog === 'read-back' && <ReadBackDialog mapping={mapping} />}
        {dialog === 'aliases' && <AliasesDialog mapping={mapping} />}
        {dialog === 'clone' && row !== null && <CloneDialog mapping={mapping} row={row} />}
      </Suspense>
      <JudgeDialog />
    </>
  );
}

/** Where voices are added from: what the mapping comes from. */
function Sources({ mapping, onDone }: { mapping: WholeMapping; onDone?: () => void }) {
  const done = onDone ? { onDone } : {};
  return mapping.from.kind === 'recordings' ? (
    <AddRecordings mapping={mapping} {...done} />
  ) : (
    <AddVoices mapping={mapping} provider={mapping.from.provider} {...done} />
  );
}

function NewMapping({ opened }: { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={() => openDialog(null)} size={520} title="New mapping">
      <SidesForm onBegun={() => openDialog(null)} onCancel={() => openDialog(null)} />
    </Modal>
  );
}

/** Which rows are shown, and the way to further voices. */
function Tools({ mapping }: { mapping: WholeMapping }) {
  const filter = useMapView((state) => state.filter);
  const coverage = useMemo(() => coverageOf(mapping.rows), [mapping.rows]);
  const counts: Record<RowFilter, number> = { ...coverage, open: coverage.open + coverage.later };
  return (
    <div className={classes.tools}>
      <SegmentedControl
        aria-label="Which voices are shown"
        value={filter}
        data={ROW_FILTERS.map((value) => ({
          value,
          label: (
            <span className={classes.filter}>
              {FILTER_WORDS[value]} <span className={classes.count}>{counts[value]}</span>
            </span>
          ),
        }))}
        onChange={(value) => showOnly(ROW_FILTERS.find((one) => one === value) ?? 'all')}
      />
      <span className={classes.space} />
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={15} stroke={1.6} />}
        onClick={() => openDialog('voices')}
      >
        Add voices
      </Button>
    </div>
  );
}

const FILTER_WORDS: Record<RowFilter, string> = {
  all: 'All',
  open: 'Open',
  approved: 'Approved',
  rejected: 'Rejected',
};

export default MapScreen;
