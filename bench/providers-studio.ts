import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStudio, type Studio } from '../engine/studio.ts';
import { NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import { FaultBody } from '../shared/errors.ts';
import { type ConnectionPatch, ConnectionView } from '../shared/schemas/connection.ts';
import { PEER_KEY } from './providers-peer.ts';

/** What of a take a benchmark chooses. */
export interface Asked {
  text: string;
  /** The provider's own id of the voice. */
  voice: string;
  seed?: number;
  /** By default a new one. */
  id?: string;
}

/** A studio of its own, as a page uses it: through its API. */
export class BenchStudio {
  readonly studio: Studio;
  readonly #home: string;
  readonly #project: string;

  private constructor(studio: Studio, home: string) {
    this.studio = studio;
    this.#home = home;
    this.#project = studio.parts.library().projects()[0]?.id ?? '';
  }

  static async open(): Promise<BenchStudio> {
    const home = await mkdtemp(join(tmpdir(), 'timbre-bench-'));
    return new BenchStudio(await createStudio({ shell: 'web', home, pageFolder: join(home, 'page') }), home);
  }

  async call(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Response> {
    const content = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const request = new Request(`http://127.0.0.1${path}`, { method, ...(body === undefined ? {} : content) });
    return await this.studio.fetch(request);
  }

  /**
   * Sets a provider up with the key of all peers, and reads its voices.
   * @returns its id
   */
  async connect(kind: string, addresses: string[], patch: ConnectionPatch = {}): Promise<string> {
    const { connection } = ConnectionView.parse(await succeeded(this.call('/api/connections', { kind, addresses })));
    const path = `/api/connections/${connection.id}`;
    await succeeded(this.call(path, patch, 'PATCH'));
    await succeeded(this.call(`${path}/key`, { key: PEER_KEY }, 'PUT'));
    await this.studio.parts.registry.refresh(new AbortController().signal, connection.id);
    return connection.id;
  }

  disconnect(id: string): Promise<unknown> {
    return succeeded(this.call(`/api/connections/${id}`, {}, 'DELETE'));
  }

  /** Asks for a new take. @param connection its provider */
  ask(connection: string, { text, voice, seed, id = crypto.randomUUID() }: Asked): Promise<Response> {
    const settings = { ...NEUTRAL_SETTINGS, seed: seed ?? null };
    const voiceId = `${connection}:${voice}`;
    return this.call('/api/takes', { id, projectId: this.#project, text, voiceId, settings, fresh: true });
  }

  /** Makes a new take and listens to its end. @returns bytes of its sound @throws Error where it is refused or breaks off */
  async take(connection: string, asked: Asked): Promise<number> {
    const response = await this.ask(connection, asked);
    if (!response.ok) throw new Error(JSON.stringify(await response.json()));
    return (await response.arrayBuffer()).byteLength;
  }

  async close(): Promise<void> {
    await this.studio.close();
    await rm(this.#home, { recursive: true, force: true });
  }
}

/** The JSON of an answer. @throws Error what was refused */
async function succeeded(answer: Promise<Response>): Promise<unknown> {
  const response = await answer;
  const body: unknown = await response.json();
  if (response.ok) return body;
  throw new Error(FaultBody.parse(body).error.message);
}
