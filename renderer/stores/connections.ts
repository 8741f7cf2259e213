import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type {
  ConnectionInput,
  ConnectionPatch,
  ConnectionsView,
  ConnectionView,
} from '../../shared/schemas/connection.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import * as calls from './connections-calls.ts';

interface Connections {
  /** Providers that are set up, and the kinds there are; null until Settings asked. No key is in it. */
  view: ConnectionsView | null;
  /** Why they could not be read the last time. */
  fault: Fault | null;
  load: () => Promise<void>;
  /** Sets a provider up and looks at it. Where its key is refused, nothing stays of it. @throws FaultError */
  add: (input: ConnectionInput, key: string | null) => Promise<ConnectionView>;
  /** Shows a change at once and tells the engine; goes back where the engine refuses. @throws FaultError */
  change: (id: string, patch: ConnectionPatch) => Promise<void>;
  /** @throws FaultError conflict where the environment sets it up */
  remove: (id: string) => Promise<void>;
  /** Hands a key to the engine and looks whether it fits. Nothing of it is kept here. @throws FaultError */
  setKey: (id: string, key: string) => Promise<void>;
  forgetKey: (id: string) => Promise<void>;
  /** Looks at a provider and reads its voices anew. @throws FaultError */
  refresh: (id: string) => Promise<void>;
}

/** Changes under way; what is read meanwhile may lack them. */
let writing = 0;
let writesBegun = 0;
let readAgain = false;
let reads = 0;
/** The last change of each provider: an answer to an earlier one would undo what is shown. */
const lastWrite = new Map<string, number>();

/** The providers that a person set up. */
export const useConnections = create<Connections>()((set, get) => ({
  view: null,
  fault: null,

  load: async () => {
    reads += 1;
    const read = reads;
    const begun = writesBegun;
    try {
      const view = await calls.listConnections();
      if (read !== reads) return;
      if (writing > 0) readAgain = true;
      else if (begun !== writesBegun) await get().load();
      else set({ view, fault: null });
    } catch (thrown) {
      if (read === reads) set({ fault: toFault(thrown) });
    }
  },

  add: async (input, key) => {
    const { connection } = await calls.addConnection(input);
    if (key !== null) {
      try {
        await calls.putKey(connection.id, key);
      } catch (thrown) {
        await calls.removeConnection(connection.id).catch(() => undefined);
        throw thrown;
      }
    }
    const found = await calls.probeConnection(connection.id);
    await get().load();
    return found;
  },

  change: async (id, patch) => {
    const before = viewOf(get(), id)?.connection;
    const shown = (connection: typeof before) => {
      if (connection) mapView(id, (view) => ({ ...view, connection }));
    };
    if (before) shown({ ...before, ...patch });
    await write(
      id,
      () => calls.changeConnection(id, patch),
      () => shown(before),
    );
  },

  remove: async (id) => {
    await calls.removeConnection(id);
    const { view } = get();
    if (view)
      set({ view: { ...view, connections: view.connections.filter(({ connection }) => connection.id !== id) } });
  },

  setKey: async (id, key) => {
    await write(id, () => calls.putKey(id, key));
    await write(id, () => calls.probeConnection(id));
  },

  forgetKey: async (id) => {
    await write(id, () => calls.forgetKey(id));
  },

  refresh: async (id) => {
    await write(id, () => calls.probeConnection(id));
    if (viewOf(get(), id)?.health.status === 'failed') return;
    await calls.refreshVoices(id);
    await get().load();
  },
}));

/** A provider that is set up, or undefined. */
export function viewOf({ view }: Pick<Connections, 'view'>, id: string): ConnectionView | undefined {
  return view?.connections.find(({ connection }) => connection.id === id);
}

/** Puts what the engine says of a provider in the place of what was known. */
export function putView(view: ConnectionView): void {
  mapView(view.connection.id, () => view);
}

function mapView(id: string, to: (view: ConnectionView) => ConnectionView): void {
  const { view } = useConnections.getState();
  if (!view) return;
  const connections = view.connections.map((one) => (one.connection.id === id ? to(one) : one));
  useConnections.setState({ view: { ...view, connections } });
}

/** Waits for a change, and shows what the engine made of it. @throws FaultError */
async function write(id: string, call: () => Promise<ConnectionView>, undo = () => {}): Promise<void> {
  writing += 1;
  writesBegun += 1;
  const mine = writesBegun;
  lastWrite.set(id, mine);
  const isLast = () => lastWrite.get(id) === mine;
  try {
    const view = await call();
    if (isLast()) putView(view);
  } catch (thrown) {
    if (isLast()) undo();
    readAgain = true;
    throw thrown;
  } finally {
    writing -= 1;
    if (writing === 0 && readAgain) {
      readAgain = false;
      void useConnections.getState().load();
    }
  }
}

/** How long a burst of news of providers may go on before they are read anew, in ms. */
const SETTLE_MS = 300;

let settling: ReturnType<typeof setTimeout> | undefined;

/** Takes in how a provider is now, and reads all anew when the engine says that they changed. */
export function connectionsHeard(event: StudioEvent): void {
  const state = useConnections.getState();
  if (state.view === null) return;
  if (event.type === 'changed' && event.what === 'connections') void state.load();
  if (event.type !== 'provider') return;
  const { health } = event;
  const before = viewOf(state, health.id)?.health;
  if (before === undefined) return;
  mapView(health.id, (view) => ({ ...view, health }));
  if (before.status === health.status && before.note === health.note) return;
  // What it says of its servers, models and recordings is not told by events.
  clearTimeout(settling);
  settling = setTimeout(() => void useConnections.getState().load(), SETTLE_MS);
}
