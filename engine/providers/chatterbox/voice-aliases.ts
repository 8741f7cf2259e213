import { type Fault, FaultError, fault, toFault } from '../../../shared/errors.ts';
import type { VoiceAliases } from '../provider.ts';
import type { ListedVoice } from '../reading/voice-list.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import type { AliasCalls } from './dialect.ts';
import { voiceGone } from './voice-gone.ts';

/** A server that has a voice and keeps other names of it. */
interface There {
  server: ChatterboxServer;
  calls: AliasCalls;
  voice: ListedVoice;
}

const callsAt = ({ found }: ChatterboxServer): AliasCalls | null => found?.dialect.aliases ?? null;

/** A server that could not do something, and why. */
interface Failure {
  address: string;
  why: Fault;
}

/**
 * Other names of voices at all servers that keep any; null where none of them does.
 *
 * @param onChange told when names have changed
 * @throws FaultError where none can be asked that would keep any
 */
export async function aliasesAt(
  servers: readonly ChatterboxServer[],
  onChange: () => void,
  signal: AbortSignal,
): Promise<VoiceAliases | null> {
  const asked = await Promise.allSettled(servers.map((server) => server.find(signal)));
  const unasked = servers.filter((_, at) => asked[at]?.status === 'rejected');
  const refused = asked.find((one) => one.status === 'rejected');
  const keeping = servers.filter((server) => !unasked.includes(server) && callsAt(server) !== null);
  if (keeping.length === 0) {
    if (refused) throw refused.reason;
    return null;
  }
  return {
    async list(voice, stop) {
      const [first, ...others] = await placesOf(keeping, voice, null, stop);
      const aliases = first?.voice.aliases ?? [];
      return aliases.filter((alias) => others.every((other) => other.voice.aliases.includes(alias)));
    },
    async add(voice, alias, stop) {
      // All or none: where one does not know the name, it answers with another voice, or not at all.
      if (refused) throw refused.reason;
      for (const server of keeping) callsAt(server)?.check(alias);
      const places = await placesOf(keeping, voice, alias, stop);
      try {
        await addTo(
          places.filter((place) => place.voice.id !== alias && !place.voice.aliases.includes(alias)),
          alias,
          stop,
        );
      } finally {
        onChange();
      }
    },
    async remove(voice, alias, stop) {
      try {
        const done = await Promise.allSettled(keeping.map((server) => removeAt(server, voice, alias, stop)));
        refuseLeft(alias, [...failuresOf(servers, asked), ...failuresOf(keeping, done)], servers.length);
      } finally {
        onChange();
      }
    },
  };
}

const failuresOf = (servers: readonly ChatterboxServer[], done: readonly PromiseSettledResult<unknown>[]): Failure[] =>
  servers.flatMap(({ address }, at) => {
    const one = done[at];
    return one?.status === 'rejected' ? [{ address, why: toFault(one.reason) }] : [];
  });

/** A voice by its own name, or by another one. */
const voiceIn = (list: readonly ListedVoice[], voice: string) =>
  list.find(({ id }) => id === voice) ?? list.find(({ aliases }) => aliases.includes(voice));

/**
 * Servers that have a voice, as they list it now.
 *
 * @param voice its id, or another name of it
 * @param alias a name that must be no other voice's; null where that does not matter
 * @throws FaultError unknown_voice where none has it, conflict where the name is taken
 */
async function placesOf(
  servers: readonly ChatterboxServer[],
  voice: string,
  alias: string | null,
  signal: AbortSignal,
): Promise<There[]> {
  const lists = await Promise.all(servers.map((server) => server.voices(signal, true)));
  const places = servers.flatMap((server, at) => {
    const list = lists[at] ?? [];
    const calls = callsAt(server);
    const known = voiceIn(list, voice);
    if (alias !== null) refuseTaken(server, list, known, alias);
    return known && calls ? [{ server, calls, voice: known }] : [];
  });
  if (places.length === 0) throw voiceGone('The Chatterbox server');
  return places;
}

/** @throws FaultError conflict, which names what has the name */
function refuseTaken(
  { address }: ChatterboxServer,
  list: readonly ListedVoice[],
  own: ListedVoice | undefined,
  alias: string,
): void {
  const taken = list.find((other) => other !== own && (other.id === alias || other.aliases.includes(alias)));
  if (!taken) return;
  const what = taken.id === alias ? 'is the name of a voice there' : `is another name of the voice “${taken.id}” there`;
  throw fault('conflict', `“${alias}” cannot be given at ${address}: it ${what}.`, {
    kept: 'All names are as they were.',
    todo: taken.id === alias ? 'Rename that voice, or choose another name.' : 'Take the name from that voice first.',
    param: 'alias',
  });
}

/** Gives a name at all places, or at none. @throws FaultError */
async function addTo(places: readonly There[], alias: string, signal: AbortSignal): Promise<void> {
  const done: There[] = [];
  try {
    for (const place of places) {
      // It may have been taken although no answer came.
      done.push(place);
      await place.calls.add(place.server.client, place.voice.id, alias, signal);
      await place.server.voices(signal, true);
      if (place.server.knowsVoice(alias) !== true) throw notKept(place);
    }
  } catch (thrown) {
    const left = await undo(done, alias);
    if (left.length === 0) throw thrown;
    const { code, message } = toFault(thrown);
    throw fault(code, message, {
      kept: `“${alias}” may have stayed at ${left.join(', ')}.`,
      todo: 'Take the name away again when the server can be reached.',
    });
  }
}

/** Takes a name away where it was just given. @returns addresses where it may have stayed */
async function undo(places: readonly There[], alias: string): Promise<string[]> {
  // Also where whoever asked has left.
  const { signal } = new AbortController();
  const undone = await Promise.allSettled(
    places.map(async ({ server, calls, voice }) => {
      const list = await server.voices(signal, true);
      if (!list.some(({ id, aliases }) => id === voice.id && aliases.includes(alias))) return;
      await calls.remove(server.client, voice.id, alias, signal);
    }),
  );
  return places.flatMap(({ server }, at) => (undone[at]?.status === 'rejected' ? [server.address] : []));
}

/** Takes a name away where a voice has it. With a voice that is gone its names are gone. @throws FaultError */
async function removeAt(server: ChatterboxServer, voice: string, alias: string, signal: AbortSignal): Promise<void> {
  const known = voiceIn(await server.voices(signal, true), voice);
  if (!known?.aliases.includes(alias)) return;
  try {
    await callsAt(server)?.remove(server.client, known.id, alias, signal);
  } catch (thrown) {
    if (toFault(thrown).code !== 'unknown_voice') throw thrown;
  }
  await server.voices(signal, true);
}

/** @throws FaultError where a name could not be taken away everywhere; it says where */
function refuseLeft(alias: string, failures: readonly Failure[], servers: number): void {
  const [first] = failures;
  if (!first) return;
  if (servers === 1) throw new FaultError(first.why);
  const where = failures.map(({ address, why }) => `${address} (${why.message})`).join(', ');
  throw fault(first.why.code, `“${alias}” was not taken away at ${where}.`, {
    kept: 'At the other servers it is gone.',
    todo: 'Take it away again when they can be reached.',
  });
}

const notKept = ({ server }: There) =>
  fault('provider_fault', `The server at ${server.address} took the name, but does not list it.`, {
    kept: 'Its voices are as they were.',
    todo: 'Look at the server’s own log.',
  });
