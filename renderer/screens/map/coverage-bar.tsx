import type { Coverage, Standing } from '../../stores/mapping/coverage.ts';
import classes from './coverage-bar.module.css';

const PARTS: readonly Standing[] = ['approved', 'later', 'rejected', 'open'];

/** How many voices are approved, at a glance. */
export function CoverageBar({ coverage }: { coverage: Coverage }) {
  const { all, approved, rejected, later, open } = coverage;
  const more = [
    rejected > 0 && `${rejected} rejected`,
    later > 0 && `${later} for later`,
    open > 0 && `${open} open`,
  ].filter((word) => word !== false);
  return (
    <span className={classes.coverage} title={more.join(', ')}>
      <span className={classes.words}>
        <strong>{approved}</strong> of {all} approved
      </span>
      <span className={classes.bar} aria-hidden>
        {PARTS.map((part) =>
          coverage[part] === 0 ? null : (
            <span key={part} className={classes.part} data-is={part} style={{ flexGrow: coverage[part] }} />
          ),
        )}
      </span>
    </span>
  );
}
