import { wavOf } from '../../engine/testing/wav-of.ts';
import { createDevnenPeer } from './devnen.ts';
import { createElevenLabsPeer, PEER_KEY } from './elevenlabs.ts';
import { PAST_SPEECH } from './elevenlabs-past.ts';
import { createOpenAiPeer } from './openai.ts';
import type { Peer } from './peer.ts';
import { createResemblePeer } from './resemble.ts';
import { createRestPeer } from './rest.ts';
import { createTravisvnPeer } from './travisvn.ts';

/** A peer that a newcomer can try the app against. */
export interface PeerEntry {
  /** What it is like. */
  what: string;
  /** Where it listens: the real one's own port, where it has one. */
  port: number;
  /** What has to be entered as its key; null for none. */
  key: string | null;
  create(): Peer;
  /** Makes it as one that is in use already. */
  prepare?(url: string): Promise<void>;
}

export interface PeerRow {
  what: string;
  url: string;
  key: string | null;
}

const REST_KEY = 'rest-key';
const RESEMBLE_KEY = 'resemble-key';

/** A fresh travisvn server has no voices: a newcomer would find nothing to speak with. */
async function giveVoices(url: string): Promise<void> {
  for (const [at, name] of ['Anna', 'Ben', 'Clara'].entries()) {
    const form = new FormData();
    form.set('voice_name', name);
    // The peer speaks with a voice of its own for every recording, whatever is heard in it.
    form.set('voice_file', new File([wavOf([[0, 0.01 * (at + 1)]])], `${name}.wav`));
    await fetch(`${url}/voices`, { method: 'POST', body: form });
  }
}

/** One of each kind. */
export const PEERS: readonly PeerEntry[] = [
  {
    what: 'Chatterbox, devnen (multilingual)',
    port: 8004,
    key: null,
    create: () => createDevnenPeer({ model: 'multilingual' }),
  },
  { what: 'Chatterbox, travisvn', port: 4123, key: null, create: () => createTravisvnPeer(), prepare: giveVoices },
  { what: 'Chatterbox, REST', port: 5005, key: REST_KEY, create: () => createRestPeer({ apiKey: REST_KEY }) },
  { what: 'OpenAI dialect, TTS-WebUI', port: 7778, key: null, create: () => createOpenAiPeer() },
  {
    what: 'Resemble, hosted',
    port: 8099,
    key: RESEMBLE_KEY,
    create: () => createResemblePeer({ apiKey: RESEMBLE_KEY }),
  },
  { what: 'ElevenLabs', port: 8011, key: PEER_KEY, create: () => createElevenLabsPeer({ past: PAST_SPEECH }) },
];

/**
 * Starts peers on their ports, or none at all.
 *
 * @param anyPort takes free ports instead
 * @throws Error which port is taken
 */
export async function startPeers(
  entries: readonly PeerEntry[],
  anyPort: boolean,
): Promise<{ rows: PeerRow[]; stop(): Promise<void> }> {
  const started: Peer[] = [];
  const rows: PeerRow[] = [];
  const stop = async () => {
    await Promise.all(started.map((peer) => peer.stop()));
  };
  for (const { what, port, key, create, prepare } of entries) {
    try {
      const peer = await create().start(anyPort ? 0 : port);
      started.push(peer);
      await prepare?.(peer.url);
      rows.push({ what, url: peer.url, key });
    } catch (cause) {
      await stop();
      throw new Error(
        `Port ${port} cannot be had for “${what}”; no peer is running now. End what listens there, or add --any-port.`,
        { cause },
      );
    }
  }
  return { rows, stop };
}

/** What is where, and how a fault is ordered. */
export function tableOf(rows: readonly PeerRow[]): string {
  const cells = [['peer', 'address', 'key'], ...rows.map(({ what, url, key }) => [what, url, key ?? '-'])];
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const url = rows[0]?.url ?? '';
  return `${lines.join('\n')}

A fault for the next three times speech is asked for (e2e/peers/faults.ts has all of them):
  curl ${url}/__peer/faults -d '{"fault":{"kind":"cut","afterBytes":20000},"times":3}'
  curl ${url}/__peer/faults -d '{"fault":{"kind":"status","status":429,"retryAfter":"2"}}'
None any more:
  curl -X DELETE ${url}/__peer/faults
A text with __FAIL__ in it makes the engine fail there. Ctrl+C ends all of them.`;
}
