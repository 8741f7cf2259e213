import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tallyPlaywright, tallyVitest } from './tally.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timbre-tally-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, testResults: [] };

test('what the runners counted is taken over', () => {
  expect(tallyVitest(report({ ...vitest, numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2 });
  expect(tallyPlaywright(report({ stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 0 } }), 1)).toEqual({
    passed: 5,
    failed: 1,
  });
});

test('a test file that cannot be loaded, a skipped and a flaky test are failures', () => {
  expect(tallyVitest(report({ ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }), 1).failed).toBe(
    1,
  );
  expect(tallyVitest(report({ ...vitest, numPendingTests: 1 }), 0).failed).toBe(1);
  expect(tallyPlaywright(report({ stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 2 } }), 0).failed).toBe(3);
});

test('a runner that ended badly or ran nothing has failed', () => {
  expect(tallyVitest(report(vitest), 1)).toEqual({ passed: 3, failed: 1 });
  expect(tallyVitest(report({ ...vitest, numPassedTests: 0 }), 0)).toEqual({ passed: 0, failed: 1 });
  expect(tallyPlaywright(report('{"stats":'), 0)).toEqual({ passed: 0, failed: 1 });
  expect(tallyPlaywright(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});
