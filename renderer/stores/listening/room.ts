import { create } from 'zustand';
import type { ListeningMethod } from '../../../shared/schemas/listening.ts';

/**
 * What of blind listening is open, over everything else: a test being set up, the owner's page of a test, a listener's
 * session, or what came out.
 */
export type ListeningRoom =
  | { at: 'setup'; method: ListeningMethod }
  | { at: 'test'; testId: string }
  | { at: 'session'; sessionId: string }
  | { at: 'results'; testId: string };

/** Null while nothing of it is open. */
export const useListeningRoom = create<{ open: ListeningRoom | null }>()(() => ({ open: null }));

export function openRoom(open: ListeningRoom): void {
  useListeningRoom.setState({ open });
}

export function closeRoom(): void {
  useListeningRoom.setState({ open: null });
}
