import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import { Status } from '../../shared/schemas/status.ts';
import { api, unwrap } from '../api.ts';

interface Session {
  /** What the engine says of itself; null until it has answered. */
  status: Status | null;
  /** Why it does not answer. */
  fault: Fault | null;
  /** Its events arrive. */
  connected: boolean;
  load(): Promise<void>;
}

/** The engine this page talks to. */
export const useSession = create<Session>()((set) => ({
  status: null,
  fault: null,
  connected: false,
  load: async () => {
    try {
      set({ status: await unwrap(api.status.$get(), Status), fault: null });
    } catch (thrown) {
      set({ fault: toFault(thrown) });
    }
  },
}));

/** Takes in how a provider is now, and what of the library cannot be read. */
export function sessionHeard(event: StudioEvent): void {
  if (event.type === 'changed' && ['problems', 'connections'].includes(event.what)) void useSession.getState().load();
  const { status } = useSession.getState();
  if (event.type !== 'provider' || status === null) return;
  const { health } = event;
  const known = status.providers.some(({ id }) => id === health.id);
  const providers = known
    ? status.providers.map((before) => (before.id === health.id ? health : before))
    : [...status.providers, health];
  useSession.setState({ status: { ...status, providers } });
}
