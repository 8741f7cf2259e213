import { Button, Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconAt,
  IconCheck,
  IconChevronDown,
  IconFileExport,
  IconFileImport,
  IconPencil,
  IconPlus,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { sideWords } from '../../stores/mapping/begin.ts';
import { coverageOf } from '../../stores/mapping/coverage.ts';
import { openDialog } from '../../stores/mapping/map-view.ts';
import {
  changeMapping,
  openMapping,
  removeMapping,
  restoreMapping,
  useMappings,
} from '../../stores/mapping/mappings.ts';
import { openMappingReport } from '../../stores/mapping/report.ts';
import { runInView, useMatchRuns } from '../../stores/mapping/runs.ts';
import { ReportItems } from '../compare/report-items.tsx';
import { useProviderNames } from '../desk/voice-browser-sources.ts';
import { saveComing } from '../export/save-coming.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { tellFault, tellUndo } from '../takes/notices.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import classes from './map-head.module.css';

const ICON = { size: 15, stroke: 1.6 };

/** Which mapping is open, how far it is, and what is done with all of it. */
export function MapHead({ mapping }: { mapping: WholeMapping }) {
  const nameOf = useProviderNames();
  const coverage = useMemo(() => coverageOf(mapping.rows), [mapping.rows]);
  const running = useMatchRuns((state) => runInView(state)?.state === 'running');
  const empty = mapping.rows.length === 0;
  return (
    <header className={classes.head}>
      <MappingMenu mapping={mapping} />
      <span className={classes.sides}>
        {sideWords(mapping.from, nameOf)}
        <IconArrowRight size={14} stroke={1.5} aria-label="to" />
        {sideWords(mapping.to, nameOf)}
      </span>
      <span className={classes.space} />
      {!empty && <CoverageBar coverage={coverage} />}
      <Button variant="default" leftSection={<IconFileExport {...ICON} />} onClick={() => openDialog('export')}>
        Export…
      </Button>
      <Button
        leftSection={<IconSearch {...ICON} />}
        disabled={empty || running}
        data-find-nearest
        onClick={() => openDialog('find')}
      >
        Find nearest…
      </Button>
    </header>
  );
}

function MappingMenu({ mapping }: { mapping: WholeMapping }) {
  const list = useMappings((state) => state.list);
  const [renaming, setRenaming] = useState(false);
  const { id, name } = mapping;
  const others = list.filter((one) => one.id !== id);
  const away = () =>
    removeMapping(id).then(
      () => tellUndo(`“${name}” deleted`, () => restoreMapping(id)),
      (thrown) => tellFault(thrown, 'The mapping was not deleted'),
    );
  const open = (other: string) => openMapping(other).catch((thrown) => tellFault(thrown, 'It was not opened'));
  return (
    <>
      <Menu width={300} position="bottom-start" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={classes.name} aria-label={`Mapping: ${name}`}>
            <span>{name}</span>
            <IconChevronDown size={14} stroke={1.8} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Mappings of this project</Menu.Label>
          <Menu.Item leftSection={<IconCheck {...ICON} />}>{name}</Menu.Item>
          {others.map((other) => (
            <Menu.Item
              key={other.id}
              leftSection={<span className={classes.blank} />}
              rightSection={<span className={classes.count}>{`${other.approved} of ${other.rows}`}</span>}
              onClick={() => void open(other.id)}
            >
              {other.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus {...ICON} />} onClick={() => openDialog('new')}>
            New mapping…
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setRenaming(true)}>
            Rename…
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport {...ICON} />} onClick={() => openDialog('read-back')}>
            Read a file back…
          </Menu.Item>
          <Menu.Item leftSection={<IconAt {...ICON} />} onClick={() => openDialog('aliases')}>
            Give the server the old ids…
          </Menu.Item>
          <Menu.Divider />
          <ReportItems
            onPick={(request) =>
              void saveComing(`Saving the report of ${name}`, (signal) => openMappingReport(id, request, signal))
            }
          />
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...ICON} />} onClick={() => void away()}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        opened={renaming}
        title="Rename mapping"
        label="Name"
        value={name}
        action="Rename"
        longest={120}
        onClose={() => setRenaming(false)}
        onName={(given) => changeMapping({ name: given })}
      />
    </>
  );
}
