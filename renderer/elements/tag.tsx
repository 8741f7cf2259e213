import type { ReactNode } from 'react';
import classes from './tag.module.css';

/** A word beside a name. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={classes.tag}>{children}</span>;
}
