import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

const VitestReport = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const PlaywrightReport = z.object({
  stats: z.object({
    expected: z.number().int(),
    unexpected: z.number().int(),
    flaky: z.number().int(),
    skipped: z.number().int(),
  }),
});

/** Reads vitest's JSON report. A file that could not even be loaded, and a skipped test, count as failed. */
export function tallyVitest(file: string, exitCode: number): Tally {
  const report = read(file, VitestReport);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return honest(report.numPassedTests, report.numFailedTests + report.numPendingTests + unloaded.length, exitCode);
}

/** Reads Playwright's JSON report. A flaky or skipped scenario counts as failed. */
export function tallyPlaywright(file: string, exitCode: number): Tally {
  const report = read(file, PlaywrightReport);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return honest(expected, unexpected + flaky + skipped, exitCode);
}

/** A runner that ended badly, or ran nothing at all, has not passed whatever it counted. */
function honest(passed: number, failed: number, exitCode: number): Tally {
  const silentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: failed + (silentFailure ? 1 : 0) };
}

function read<T extends z.ZodType>(file: string, schema: T): z.infer<T> | null {
  if (!existsSync(file)) return null;
  try {
    const report = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return report.success ? report.data : null;
  } catch {
    return null;
  }
}
