import { type Fault, type FaultCode, fault, toFault } from '../../../shared/errors.ts';
import { pause } from '../../../shared/pause.ts';
import type { ModelSwitch } from '../../../shared/schemas/connection.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import type { ModelKind } from './dialect.ts';
import { MODEL_NAMES } from './model-names.ts';
import type { ServerFleet } from './server-fleet.ts';
import { turnAt } from './turn.ts';

/** How long a model may take to load, in ms: it may have to be fetched first. */
const LOAD_MS = 15 * 60_000;
const ASK_EVERY_MS = 500;
/** What a server that starts anew, or what stands before it, may answer meanwhile. */
const STARTING: ReadonlySet<FaultCode> = new Set(['busy', 'unreachable', 'cut_short', 'provider_fault']);
/** A place is kept so long, in ms, where nobody waits for the model any more. */
const LEFT_MS = 5000;

/** Models that the servers can be switched to; null where none can, or none was asked yet. */
export function modelSwitchAt(servers: readonly ChatterboxServer[]): ModelSwitch | null {
  const facts = servers.flatMap(({ found }) => (found?.facts.choices ? [found.facts] : []));
  const choices = [...new Set(facts.flatMap(({ choices }) => choices ?? []))];
  if (choices.length < 2) return null;
  const loaded = new Set(facts.map(({ model, ready }) => (ready ? model : null)));
  const [current = null] = loaded;
  return {
    current: loaded.size === 1 ? current : null,
    choices: choices.map((id) => ({ id, name: MODEL_NAMES[id] })),
  };
}

/** Waits until a server says that it has loaded a model. @throws FaultError busy where it takes too long */
async function untilLoaded(server: ChatterboxServer, model: ModelKind, signal: AbortSignal): Promise<void> {
  const latest = performance.now() + LOAD_MS;
  while (!signal.aborted) {
    try {
      const { facts } = await server.find(signal, true);
      if (facts.model === model && facts.ready) return;
    } catch (thrown) {
      // While it loads it answers nothing, and where it starts anew nobody is there for a moment.
      if (!STARTING.has(toFault(thrown).code)) throw thrown;
    }
    if (performance.now() > latest) {
      throw fault('busy', `The server at ${server.address} has not loaded ${MODEL_NAMES[model]} yet.`, {
        kept: 'Your text and takes are kept.',
        todo: 'It may still be fetching it. Look at the server’s own log.',
      });
    }
    await pause(ASK_EVERY_MS, signal);
  }
  throw fault('cancelled', 'Nobody waits for the model any more; the server loads it all the same.');
}

/** Switches one server, while nobody speaks there. */
async function switchAt(
  { pool }: ServerFleet,
  server: ChatterboxServer,
  model: ModelKind,
  signal: AbortSignal,
): Promise<void> {
  const place = await pool.take(signal, (one) => one === server);
  try {
    place.whenFree(await turnAt(server.address, signal));
    const { dialect, facts } = await server.find(signal, true);
    if (facts.model !== model || !facts.ready) {
      await dialect.loadModel?.(server.client, model, signal).catch((thrown: unknown) => {
        const { code } = toFault(thrown);
        // It takes longer than an answer is waited for, or starts anew: it is asked how it stands.
        if (code !== 'unreachable' && !(code === 'busy' && !signal.aborted)) throw thrown;
      });
      await untilLoaded(server, model, signal);
    }
    server.forget();
    place.done();
  } catch (thrown) {
    if (signal.aborted) place.left(LEFT_MS);
    else if (toFault(thrown).code === 'unreachable') place.failed();
    else place.unused();
    throw thrown;
  }
}

/**
 * Loads another model at all servers that can, each when it has nothing to do. Resolves once it speaks at all of them.
 * @throws FaultError unknown_model where none can; of a server that could not, which is named
 */
export async function switchModels(fleet: ServerFleet, wanted: string, signal: AbortSignal): Promise<void> {
  const able = (await fleet.find(signal)).filter(({ found }) => found?.facts.choices?.some((id) => id === wanted));
  const model = able[0]?.found?.facts.choices?.find((id) => id === wanted);
  if (model === undefined) {
    throw fault('unknown_model', `The server cannot be switched to a model “${wanted}”.`, {
      param: 'model',
      todo: 'Choose one of those it offers.',
    });
  }
  const results = await Promise.allSettled(able.map((server) => switchAt(fleet, server, model, signal)));
  const failures = able.flatMap(({ address }, at): { address: string; why: Fault }[] => {
    const one = results[at];
    return one?.status === 'rejected' ? [{ address, why: toFault(one.reason) }] : [];
  });
  const [first] = failures;
  if (!first) return;
  throw fault(
    first.why.code,
    able.length === 1
      ? first.why.message
      : `The model was not loaded at ${failures.map(({ address, why }) => `${address} (${why.message})`).join(', ')}.`,
    {
      kept: 'Your text and takes are kept.',
      todo: first.why.todo ?? 'Look at the server’s own log, and try again.',
      ...(first.why.said === undefined ? {} : { said: first.why.said }),
    },
  );
}
