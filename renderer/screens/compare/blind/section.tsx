import type { ReactNode } from 'react';
import classes from './blind-room.module.css';

/** A part of a page under its name. */
export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div>
        <h2>{title}</h2>
        {about && <p className={classes.about}>{about}</p>}
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  );
}
