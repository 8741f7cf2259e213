import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceFloppy,
  IconFileImport,
  IconFolderPlus,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { provideCommand } from '../../stores/commands.ts';
import { useProjects } from '../../stores/projects.ts';
import { MergeReportDialog } from './merge-report-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';
import { mergeProjectFile, removeProjectWithUndo, saveProjectFile } from './project-deeds.tsx';
import classes from './project-menu.module.css';

const ICON = { size: 15, stroke: 1.6 };

type Naming = 'create' | 'rename' | null;

/** Shows the project that is open; switches, creates, renames, removes, saves and merges projects. */
export function ProjectMenu() {
  const projects = useProjects((state) => state.projects);
  const currentId = useProjects((state) => state.currentId);
  const [naming, setNaming] = useState<Naming>(null);
  const file = useRef<HTMLInputElement>(null);
  const current = projects.find(({ id }) => id === currentId);

  useEffect(() => {
    const save = () => {
      const open = useProjects.getState();
      const project = open.projects.find(({ id }) => id === open.currentId);
      if (project !== undefined) void saveProjectFile(project);
    };
    const stops = [
      provideCommand('new-project', () => setNaming('create')),
      provideCommand('merge-project', () => file.current?.click()),
      provideCommand('save-project', save),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <>
      <Menu
        width={280}
        position="bottom-start"
        withInitialFocusPlaceholder={false}
        // How many takes a project has changes with every take, and nobody tells of it.
        onOpen={() => void useProjects.getState().load()}
      >
        <Menu.Target>
          <button type="button" className={classes.button} aria-label={`Project: ${current?.name ?? 'none'}`}>
            <span className={classes.name}>{current?.name ?? 'No project'}</span>
            <IconChevronDown size={14} stroke={1.8} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Projects</Menu.Label>
          <div className={classes.list}>
            {projects.map(({ id, name, takes }) => (
              <Menu.Item
                key={id}
                leftSection={id === currentId ? <IconCheck {...ICON} /> : <span className={classes.blank} />}
                rightSection={<span className={classes.count}>{takes.toLocaleString()}</span>}
                onClick={() => useProjects.getState().open(id)}
              >
                <span className={classes.entry}>{name}</span>
              </Menu.Item>
            ))}
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<IconFolderPlus {...ICON} />} onClick={() => setNaming('create')}>
            New project…
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport {...ICON} />} onClick={() => file.current?.click()}>
            Open or merge a project file…
          </Menu.Item>
          {current !== undefined && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setNaming('rename')}>
                Rename…
              </Menu.Item>
              <Menu.Item leftSection={<IconDeviceFloppy {...ICON} />} onClick={() => void saveProjectFile(current)}>
                Save to one file…
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash {...ICON} />}
                disabled={projects.length < 2}
                onClick={() => void removeProjectWithUndo(current)}
              >
                Delete project
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={file}
        type="file"
        hidden
        accept=".timbre,.zip"
        aria-label="Project file to open"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen !== undefined) void mergeProjectFile(chosen);
          event.currentTarget.value = '';
        }}
      />
      <NameDialog
        opened={naming !== null}
        title={naming === 'rename' ? 'Rename project' : 'New project'}
        label="Name"
        value={naming === 'rename' ? (current?.name ?? '') : ''}
        action={naming === 'rename' ? 'Rename' : 'Create'}
        longest={120}
        onClose={() => setNaming(null)}
        onName={async (name) => {
          if (naming === 'create') await useProjects.getState().create(name);
          else if (current !== undefined) await useProjects.getState().rename(current.id, name);
        }}
      />
      <MergeReportDialog />
    </>
  );
}
