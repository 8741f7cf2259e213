import { planOf } from '../../shared/listening/plan.ts';
import type { ListeningReportHead, ListeningReportText } from '../../shared/report/listening-report.ts';
import { trialsEach } from '../../shared/schemas/listening.ts';
import type { StoredTest } from '../../shared/schemas/listening-key.ts';
import type { Library } from '../library/library.ts';
import { resultsOf } from '../listening/results-of.ts';
import { knownTest } from '../listening/sessions.ts';
import { VERSION } from '../version.ts';
import { modelOf, projectName } from './gather-comparison.ts';
import { type GatheredTake, type GatherParts, gatherTakes } from './gather-takes.ts';
import type { ReportRun } from './report-run.ts';

/** A text of a test with all that is shown of it. */
export interface GatheredListeningText {
  reported: ListeningReportText;
  /** In the order of the slots, the reference behind them where there is one. */
  takes: (GatheredTake | null)[];
}

/** A test after its reveal, and what it came to. */
export interface RevealedTest {
  test: StoredTest;
  head: ListeningReportHead;
}

/** A revealed test. @throws FaultError not_found; conflict before the reveal */
export async function revealedTest(library: Library, id: string): Promise<RevealedTest> {
  const results = await resultsOf(library.listening, id);
  const test = knownTest(library.listening, id);
  const counts = { method: test.method, texts: test.texts.length, trials: test.trials, rounds: test.rounds };
  const { needed, power, leastListeners, halfWidth } = planOf({ ...counts, slots: test.slots.length }, test.listeners);
  const head: ListeningReportHead = {
    format: 'timbre.listening-report',
    version: 1,
    madeWith: VERSION,
    madeAt: Date.now(),
    project: projectName(library, test.projectId),
    comparisonId: test.comparisonId,
    design: {
      method: test.method,
      trials: trialsEach(counts),
      rounds: test.rounds,
      listeners: test.listeners,
      showText: test.showText,
    },
    plan: { needed, power, leastListeners, halfWidth },
    results,
    models: test.slots.map((_, place) =>
      modelOf(
        library,
        test.texts.map(({ takes }) => takes[place]),
      ),
    ),
  };
  return { test, head };
}

/** Its texts one after the other. @throws FaultError cancelled */
export async function* listeningTexts(
  parts: GatherParts,
  { texts, equalLoudness }: StoredTest,
  run: ReportRun,
): AsyncGenerator<GatheredListeningText> {
  for (const [index, { text, takes, reference }] of texts.entries()) {
    run.tell(index / texts.length);
    // What was heard in a test stands, whatever became of the slots it was made from.
    const heard = reference === null ? takes : [...takes, reference];
    const wanted = heard.map((takeId) => ({ takeId, current: () => true }));
    const gathered = await gatherTakes(parts, wanted, equalLoudness, run.signal);
    const reported = gathered.takes.map((take) => take?.reported ?? null);
    yield {
      reported: {
        text,
        takes: reported.slice(0, takes.length),
        equal: gathered.equal,
        reference: reported[takes.length] ?? null,
      },
      takes: gathered.takes,
    };
  }
}
