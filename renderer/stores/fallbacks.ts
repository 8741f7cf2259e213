import { create } from 'zustand';
import type { StudioEvent } from '../../shared/schemas/events.ts';

/** A voice that spoke in place of another one. */
export type Fallback = Omit<Extract<StudioEvent, { type: 'fallback' }>, 'type'>;

/** What was told last of voices that speak in place of others. */
export const useFallbacks = create<{ latest: Fallback | null }>()(() => ({ latest: null }));

/** Takes in that another voice speaks. */
export function fallbacksHeard(event: StudioEvent): void {
  if (event.type !== 'fallback') return;
  const { type, ...latest } = event;
  if (useFallbacks.getState().latest?.takeId !== latest.takeId) useFallbacks.setState({ latest });
}
