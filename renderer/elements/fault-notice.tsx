import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Fault } from '../../shared/errors.ts';
import classes from './fault-notice.module.css';

/** What happened, what is kept, what to do next, where it happened; with a button where there is one. */
export function FaultNotice({
  fault,
  action,
  onClose,
}: {
  fault: Fault;
  action?: ReactNode;
  onClose?: (() => void) | undefined;
}) {
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle className={classes.sign} size={16} stroke={1.5} aria-hidden />
      <div className={classes.words}>
        <strong>{fault.message}</strong>{' '}
        <span className={classes.more}>
          {[fault.kept, fault.todo, fault.said && `It said: “${fault.said}”`].filter(Boolean).join(' ')}
        </span>
      </div>
      {action}
      {onClose && (
        <ActionIcon size={22} aria-label="Close this message" onClick={onClose}>
          <IconX size={14} stroke={1.5} />
        </ActionIcon>
      )}
    </div>
  );
}
