import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './disclosure.module.css';

/** A part that is folded until it is asked for. */
export function Disclosure({ title, summary, children }: { title: string; summary?: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={classes.part}>
      <UnstyledButton
        className={classes.title}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight className={classes.sign} size={14} stroke={1.8} aria-hidden />
        {title}
        {summary !== undefined && <span className={classes.summary}>{summary}</span>}
      </UnstyledButton>
      {open && <div id={id}>{children}</div>}
    </div>
  );
}
