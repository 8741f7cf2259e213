import { useCallback, useEffect, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';

/** How a field stands with the engine. */
export interface Saving {
  state: 'idle' | 'saving' | 'saved';
  fault: Fault | null;
}

/** How long “Saved” stands, in ms. */
const SHOWN_MS = 2500;

/** Saves a field: tells that it is saved for a while, or keeps the fault until the next attempt. */
export function useSaving(): Saving & { save: (work: () => Promise<unknown>) => Promise<boolean>; forget: () => void } {
  const [saving, setSaving] = useState<Saving>({ state: 'idle', fault: null });
  const turn = useRef(0);
  useEffect(() => {
    if (saving.state !== 'saved') return;
    const timer = setTimeout(() => setSaving({ state: 'idle', fault: null }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [saving]);
  const save = useCallback(async (work: () => Promise<unknown>) => {
    turn.current += 1;
    const mine = turn.current;
    setSaving({ state: 'saving', fault: null });
    try {
      await work();
      if (turn.current === mine) setSaving({ state: 'saved', fault: null });
      return true;
    } catch (thrown) {
      if (turn.current === mine) setSaving({ state: 'idle', fault: toFault(thrown) });
      return false;
    }
  }, []);
  const forget = useCallback(() => setSaving({ state: 'idle', fault: null }), []);
  return { ...saving, save, forget };
}
