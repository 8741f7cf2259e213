import { Button, Group, Modal } from '@mantine/core';
import { useProjects } from '../../stores/projects.ts';
import classes from './merge-report-dialog.module.css';
import { useMerged } from './project-deeds.tsx';

function counted(count: number, what: string): string {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}

/** What a merged project file brought: added, already there, and what could not be read. */
export function MergeReportDialog() {
  const report = useMerged((state) => state.report);
  const name = useProjects((state) => state.projects.find(({ id }) => id === report?.projectId)?.name);
  const close = () => useMerged.setState({ report: null });
  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened={report !== null}
      onClose={close}
      title={name === undefined ? 'Merged' : `Merged into “${name}”`}
    >
      {report !== null && (
        <>
          <dl className={classes.counts}>
            <dt>Added</dt>
            <dd>
              {counted(report.takesAdded, 'take')}, {counted(report.presetsAdded, 'preset')}
            </dd>
            <dt>Already here, kept as they are</dt>
            <dd>
              {counted(report.takesKept, 'take')}, {counted(report.presetsKept, 'preset')}
            </dd>
          </dl>
          {report.problems.length > 0 && (
            <>
              <p className={classes.problem}>
                {report.problems.length === 1 ? 'One entry' : `${report.problems.length} entries`} could not be read:
              </p>
              <ul className={classes.problems}>
                {report.problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </>
          )}
          <Group justify="flex-end" mt="md">
            <Button data-autofocus onClick={close}>
              Close
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
