import { fault, toFault } from '../../../shared/errors.ts';
import type { ServerState } from '../../../shared/schemas/connection.ts';
import type { ListedVoice } from '../reading/voice-list.ts';
import { ChatterboxServer, type ChatterboxServerOptions } from './chatterbox-server.ts';
import type { ServerFacts } from './dialect.ts';
import { ServerPool } from './server-pool.ts';
import { isTurnTaken } from './turn.ts';

export interface ServerFleetOptions extends Omit<ChatterboxServerOptions, 'address'> {
  /** Who they are together, for messages. */
  name: string;
  addresses: readonly string[];
  /** At most so many of them speak at once; null for all. */
  atOnce: number | null;
}

/** A voice with what is known of the server that has it. */
export interface VoiceThere {
  listed: ListedVoice;
  facts: ServerFacts;
}

/** The fault of a provider for which no server was entered. */
export const noAddress = () =>
  fault('unreachable', 'There is no address of a Chatterbox server.', {
    kept: 'Your text and takes are kept.',
    todo: 'Enter one in Settings.',
  });

/** The servers of one provider, and the places on them. */
export class ServerFleet {
  readonly servers: readonly ChatterboxServer[];
  readonly pool: ServerPool<ChatterboxServer>;

  constructor({ name, addresses, atOnce, ...options }: ServerFleetOptions) {
    // One that was entered twice is still one server, which speaks one text at a time.
    const once = new Map(addresses.map((address) => [new URL(address).href.replace(/\/+$/u, ''), address]));
    this.servers = [...once.values()].map((address) => new ChatterboxServer({ ...options, address }));
    this.pool = new ServerPool(this.servers, {
      name,
      atOnce,
      isIdle: (server, signal) => server.isIdle(signal),
      isTaken: ({ address }) => isTurnTaken(address),
    });
  }

  /**
   * Asks every server what it is; those that answer count.
   * @throws FaultError what the first said, where none answers
   */
  async find(signal: AbortSignal, fresh = false): Promise<ChatterboxServer[]> {
    return await this.#those((server) => server.find(signal, fresh));
  }

  /** Facts of the servers that answer. @throws FaultError as {@link find} */
  async facts(signal: AbortSignal, fresh = false): Promise<ServerFacts[]> {
    return (await this.find(signal, fresh)).flatMap(({ found }) => (found ? [found.facts] : []));
  }

  /** Voices of the servers that answer, in the order of the addresses. @throws FaultError as {@link find} */
  async voices(signal: AbortSignal, fresh = false): Promise<VoiceThere[]> {
    const there: VoiceThere[] = [];
    const list = async (server: ChatterboxServer) => {
      const { facts } = await server.find(signal, fresh);
      for (const listed of await server.voices(signal, fresh)) there.push({ listed, facts });
    };
    await this.#those(list);
    return there;
  }

  /** How each address stands, for a person. */
  states(): ServerState[] {
    return this.pool.states().map(({ server, state }) => ({
      address: server.address,
      state: state !== 'free' ? state : server.gone ? 'left out' : server.found ? 'free' : 'unknown',
      title: server.found?.dialect.title ?? null,
      note: server.trouble ?? (server.working || (server.found?.facts.note ?? '')),
    }));
  }

  /** Addresses that cannot be used, each with what is wrong; empty where all can. */
  troubles(): string {
    const wrong = this.servers.filter(({ trouble }) => trouble !== null);
    return wrong.map(({ address, trouble }) => `${address}: ${trouble}`).join(' ');
  }

  async close(): Promise<void> {
    await this.pool.close();
    await Promise.all(this.servers.map((server) => server.close()));
  }

  /** Those that can do something now. @throws FaultError what the first said, where none can */
  async #those(ask: (server: ChatterboxServer) => Promise<unknown>): Promise<ChatterboxServer[]> {
    if (this.servers.length === 0) throw noAddress();
    const asked = await Promise.allSettled(this.servers.map(ask));
    const there = this.servers.filter((_, at) => asked[at]?.status === 'fulfilled');
    const failed = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    // One that is at work is there, and says more than one that is not.
    const first = failed.find((thrown) => toFault(thrown).code === 'busy') ?? failed[0];
    if (there.length === 0 && first !== undefined) throw first;
    return there;
  }
}
