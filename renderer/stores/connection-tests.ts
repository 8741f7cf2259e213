import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { TestStep } from '../../shared/schemas/connection.ts';
import { testSteps } from './connections-calls.ts';

/** A test of a provider: under way, or what came of it. */
export interface ConnectionTest {
  /** The last word of each step that was told of. */
  steps: TestStep[];
  running: boolean;
  /** It was cancelled. */
  cancelled: boolean;
  /** Why it could not be carried out at all. */
  fault: Fault | null;
}

/** Tests of providers, by the provider's id. They go on while another room is open. */
export const useConnectionTests = create<{ tests: Readonly<Record<string, ConnectionTest>> }>()(() => ({ tests: {} }));

const controllers = new Map<string, AbortController>();

function put(id: string, change: Partial<ConnectionTest>): void {
  const { tests } = useConnectionTests.getState();
  const before = tests[id] ?? { steps: [], running: false, cancelled: false, fault: null };
  useConnectionTests.setState({ tests: { ...tests, [id]: { ...before, ...change } } });
}

function withStep(steps: readonly TestStep[], step: TestStep): TestStep[] {
  return [...steps.filter((one) => one.step !== step.step), step];
}

/** Tests a provider, in place of a test of it that is under way. */
export async function startTest(id: string): Promise<void> {
  controllers.get(id)?.abort();
  const controller = new AbortController();
  controllers.set(id, controller);
  const { signal } = controller;
  let steps: TestStep[] = [];
  put(id, { steps, running: true, cancelled: false, fault: null });
  try {
    for await (const step of testSteps(id, signal)) {
      if (signal.aborted) return;
      steps = withStep(steps, step);
      put(id, { steps });
    }
  } catch (thrown) {
    if (!signal.aborted) put(id, { fault: toFault(thrown) });
  } finally {
    if (controllers.get(id) === controller) {
      controllers.delete(id);
      put(id, { running: false, cancelled: signal.aborted });
    }
  }
}

/** Cancels a test: what is asked of the provider ends too. */
export function stopTest(id: string): void {
  controllers.get(id)?.abort();
}

/** Takes a test and what came of it off the screen. */
export function closeTest(id: string): void {
  stopTest(id);
  controllers.delete(id);
  const { [id]: _, ...tests } = useConnectionTests.getState().tests;
  useConnectionTests.setState({ tests });
}
