import { expect, it } from 'vitest';
import { ReportRun } from './report-run.ts';

it('a report that is left closes what its pieces are made with, and tells its end once', async () => {
  const told: boolean[] = [];
  const closed: string[] = [];
  const events = { publish: (event: { type: string }) => void told.push('done' in event && event.done === true) };
  const run = new ReportRun(events, async () => void closed.push('run'));
  async function* pieces() {
    try {
      yield 'one';
      yield 'two';
    } finally {
      closed.push('pieces');
    }
  }
  const begun = await run.begin(pieces());
  await begun.next();
  await begun.return?.();
  expect(closed).toEqual(['pieces', 'run']);
  expect(told).toEqual([true]);
  expect(run.signal.aborted).toBe(true);
});
