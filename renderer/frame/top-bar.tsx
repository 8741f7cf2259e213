import { ActionIcon, Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { IconInfoCircle, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ProjectMenu } from '../screens/projects/project-menu.tsx';
import { provideCommand, runCommand } from '../stores/commands.ts';
import { useSession } from '../stores/session.ts';
import { ProviderLamps } from './provider-lamps.tsx';
import classes from './top-bar.module.css';
import { useTheme } from './use-theme.ts';

/** The project, how the providers are, and what one should know. */
export function TopBar() {
  const { dark, flip } = useTheme();
  useEffect(() => provideCommand('theme', flip), [flip]);
  return (
    <header className={classes.bar}>
      <ProjectMenu />
      <span className={classes.space} />
      <ProviderLamps />
      <Notices />
      <span className={classes.tools}>
        <Tooltip label={dark ? 'Light theme' : 'Dark theme'}>
          <ActionIcon aria-label={dark ? 'Light theme' : 'Dark theme'} onClick={flip}>
            {dark ? <IconSun size={17} stroke={1.5} /> : <IconMoon size={17} stroke={1.5} />}
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Shortcuts ( ? )">
          <ActionIcon aria-label="Shortcuts" onClick={() => runCommand('shortcuts')}>
            <IconKeyboard size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </span>
    </header>
  );
}

/** What the engine wants the person to know, for example why the browser is used or what cannot be read. */
function Notices() {
  const status = useSession((state) => state.status);
  const [open, setOpen] = useState(false);
  const notices = [...(status?.notices ?? []), ...(status?.problems ?? [])];
  if (notices.length === 0) return null;
  return (
    <Popover opened={open} onChange={setOpen} width={380} position="bottom-end" returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.notice} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconInfoCircle size={15} stroke={1.5} aria-hidden />
          <span>{notices[0]}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.notices ?? ''} aria-label="Notices">
        {notices.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
