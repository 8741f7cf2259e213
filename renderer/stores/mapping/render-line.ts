import { create } from 'zustand';
import { type Fault, FaultError, toFault } from '../../../shared/errors.ts';
import { costWords } from '../../../shared/matching/mapping-words.ts';
import type { MappedVoice } from '../../../shared/schemas/mapping.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { readTake, renderTakes } from '../compare/compare-calls.ts';
import { takeRequest } from '../take-request.ts';
import { checkLine } from './mapping-calls.ts';
import { keepRendered, usePair } from './pair.ts';

interface Rendering {
  /** A line is being rendered. */
  busy: boolean;
  fault: Fault | null;
}

/** The render of a line with a new voice. */
export const useLineRender = create<Rendering>()(() => ({ busy: false, fault: null }));

const { getState: get, setState: set } = useLineRender;

let stop = new AbortController();

/** A take once nothing more of it comes; null where nobody waits for it any more. */
function ended(id: string, signal: AbortSignal): Promise<Take | null> {
  return new Promise((resolve) => {
    const look = () => {
      const take = usePair.getState().takes.get(id) ?? null;
      if (!signal.aborted && take?.state === 'rendering') return;
      unsubscribe();
      resolve(signal.aborted ? null : take);
    };
    const unsubscribe = usePair.subscribe(look);
    signal.addEventListener('abort', look, { once: true });
    look();
  });
}

/** Lets a new voice say a line, as it is set. What it costs stands on the button that asks for it. */
export async function renderLine(choice: MappedVoice, text: string, fresh = false): Promise<void> {
  if (get().busy) return;
  stop = new AbortController();
  set({ busy: true, fault: null });
  try {
    const { voiceId, modelId, settings } = choice;
    const request = { ...takeRequest({ fresh, of: { text, voiceId, modelId, settings } }), fallback: false };
    for await (const answer of renderTakes([request], stop.signal)) {
      if ('fault' in answer) throw new FaultError(answer.fault);
      keepRendered(await readTake(answer.takeId));
      const take = await ended(answer.takeId, stop.signal);
      if (take?.fault) throw new FaultError(take.fault);
    }
    set({ busy: false });
  } catch (thrown) {
    set({ busy: false, fault: stop.signal.aborted ? null : toFault(thrown) });
  }
}

/** Nobody waits for the line any more. */
export function cancelLine(): void {
  stop.abort();
}

/** What a line would cost with a voice, in words that stand on the button which asks for it. */
export async function linePrice({ voiceId, modelId }: MappedVoice, text: string, signal: AbortSignal): Promise<string> {
  const report = await checkLine({ text, voiceId, modelId }, signal).catch(() => null);
  // That nobody can say it is not to be read as that it is free.
  if (report === null || report.unpriced) return 'price not known';
  return costWords(report.cost === null ? [] : [report.cost]);
}
