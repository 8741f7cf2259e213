import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DeskState, DeskStore } from '../../stores/desk.ts';
import type { Live } from '../../stores/heard.ts';
import { useLive } from '../../stores/live.ts';
import { useTune } from '../../stores/tune.ts';

/** The desk that voice and controls are for: that of Tune, or one slot of a comparison. */
export interface DeskInHand {
  store: DeskStore;
  /** What is in the player is heard under its controls. */
  live: boolean;
}

export const DeskContext = createContext<DeskInHand>({ store: useTune, live: true });

export function useDeskStore(): DeskStore {
  return useContext(DeskContext).store;
}

/** Something of the desk in hand. */
export function useDesk<T>(select: (desk: DeskState) => T): T {
  return useStore(useDeskStore(), select);
}

const NOT_LIVE: Live = { loaded: null, heard: 'rendered' };

/** What is heard under the controls of the desk in hand. */
export function useDeskLive(): Live {
  const live = useLive();
  return useContext(DeskContext).live ? live : NOT_LIVE;
}
