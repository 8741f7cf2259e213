import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import { putView } from './connections.ts';
import { switchModel } from './connections-calls.ts';

/** A server loads another model, or could not. */
export interface Switching {
  model: string;
  /** When it began, in ms since the epoch. */
  began: number;
  /** Why it did not come to be; null while it goes on. */
  fault: Fault | null;
}

/** Models that are being loaded, by the provider's id. It goes on while another room is open. */
export const useModelSwitches = create<{ switches: Readonly<Record<string, Switching>> }>()(() => ({ switches: {} }));

function put(id: string, now: Switching | null): void {
  const { [id]: _, ...others } = useModelSwitches.getState().switches;
  useModelSwitches.setState({ switches: now === null ? others : { ...others, [id]: now } });
}

/** Lets a provider's servers load another model. */
export async function startSwitch(id: string, model: string): Promise<void> {
  const began = Date.now();
  put(id, { model, began, fault: null });
  try {
    putView(await switchModel(id, model));
    put(id, null);
  } catch (thrown) {
    put(id, { model, began, fault: toFault(thrown) });
  }
}

/** Takes the fault of a switch off the screen. */
export function closeSwitch(id: string): void {
  put(id, null);
}
