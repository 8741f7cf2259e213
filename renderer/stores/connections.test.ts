import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createElevenLabsPeer, PEER_KEY } from '../../e2e/peers/elevenlabs.ts';
import type { Peer } from '../../e2e/peers/peer.ts';
import { toFault } from '../../shared/errors.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const WRONG_KEY = 'sk_wrong_0123456789abcdef_9z9z';

let page: PageOnEngine;
let chatterbox: Peer;
let elevenlabs: Peer;
/** Paths that are answered with a refusal in place of the engine's answer. */
let refused: string | null = null;
let stores: {
  connections: typeof import('./connections.ts');
  tests: typeof import('./connection-tests.ts');
  cards: typeof import('./provider-cards.ts');
  session: typeof import('./session.ts');
  switches: typeof import('./model-switches.ts');
  voices: typeof import('./voices.ts');
};

beforeAll(async () => {
  for (const name of ['CHATTERBOX_API_URL', 'CHATTERBOX_API_KEY', 'ELEVEN_LABS_API_KEY', 'ELEVENLABS_API_KEY']) {
    vi.stubEnv(name, undefined);
  }
  page = await openPageOnEngine((path) => {
    if (path === refused) throw new Error('The line is cut.');
  });
  chatterbox = await createDevnenPeer({ model: 'multilingual' }).start(0);
  elevenlabs = await createElevenLabsPeer().start(0);
  stores = {
    connections: await import('./connections.ts'),
    tests: await import('./connection-tests.ts'),
    cards: await import('./provider-cards.ts'),
    session: await import('./session.ts'),
    switches: await import('./model-switches.ts'),
    voices: await import('./voices.ts'),
  };
});

afterAll(async () => {
  await Promise.all([chatterbox?.stop(), elevenlabs?.stop()]);
  await page.close();
  vi.unstubAllEnvs();
});

const state = () => stores.connections.useConnections.getState();
const view = (id: string) => stores.connections.viewOf(state(), id);

beforeEach(async () => {
  refused = null;
  await state().load();
  for (const { connection } of state().view?.connections ?? []) await state().remove(connection.id);
});

/** Everything that any store of providers holds, as text. */
function allStores(): string {
  return JSON.stringify([
    state(),
    stores.tests.useConnectionTests.getState(),
    stores.cards.useProviderCards.getState(),
    stores.session.useSession.getState(),
    stores.switches.useModelSwitches.getState(),
    stores.voices.useVoices.getState(),
  ]);
}

describe('providers that a person set up', () => {
  it('are none at first, and the kinds there are are known', () => {
    expect(state().view?.connections).toEqual([]);
    expect(state().view?.kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['chatterbox', 'elevenlabs']));
  });

  it('are added by their address, and what was found is shown', async () => {
    const added = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    expect(added.health.status).toBe('ready');
    expect(view(added.connection.id)?.servers[0]?.title).toContain('devnen');
  });

  it('show a change at once, and keep it', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    const changing = state().change(connection.id, { name: 'The house’s own' });
    expect(view(connection.id)?.connection.name).toBe('The house’s own');
    await changing;
    await state().load();
    expect(view(connection.id)?.connection.name).toBe('The house’s own');
  });

  it('keep the later of two changes that overlap, whatever comes back first', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    const seen = new Set<string | undefined>();
    const stop = stores.connections.useConnections.subscribe(() => seen.add(view(connection.id)?.connection.name));
    await Promise.all([
      state().change(connection.id, { name: 'First' }),
      state().change(connection.id, { name: 'Second' }),
      state().load(),
    ]);
    stop();
    expect([...seen]).toEqual(['First', 'Second']);
    expect(view(connection.id)?.connection.name).toBe('Second');
  });

  it('go back where a change is refused, with its reason', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    refused = `/api/connections/${connection.id}`;
    const changing = state().change(connection.id, { name: 'Lost' });
    expect(view(connection.id)?.connection.name).toBe('Lost');
    await expect(changing.catch(toFault)).resolves.toMatchObject({ code: 'unreachable' });
    expect(view(connection.id)?.connection.name).toBe('Chatterbox');
  });

  it('are removed with their key', async () => {
    const { connection } = await state().add({ kind: 'elevenlabs', addresses: [elevenlabs.url] }, PEER_KEY);
    await state().remove(connection.id);
    expect(view(connection.id)).toBeUndefined();
    await state().load();
    expect(view(connection.id)).toBeUndefined();
  });

  it('follow what events tell of them', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    const health = { ...stores.connections.viewOf(state(), connection.id)?.health, latencyMs: 4321 };
    const { StudioEvent } = await import('../../shared/schemas/events.ts');
    stores.connections.connectionsHeard(StudioEvent.parse({ type: 'provider', health }));
    expect(view(connection.id)?.health.latencyMs).toBe(4321);
  });
});

describe('a key', () => {
  it('is in no store after it was set, and only its end is known', async () => {
    const { connection } = await state().add({ kind: 'elevenlabs', addresses: [elevenlabs.url] }, PEER_KEY);
    expect(view(connection.id)?.key).toEqual({ last4: PEER_KEY.slice(-4), where: 'file' });
    expect(view(connection.id)?.health.status).toBe('ready');
    expect(view(connection.id)?.health.credits?.left).toBeGreaterThan(0);
    await stores.session.useSession.getState().load();
    await stores.voices.useVoices.getState().load();
    expect(allStores()).not.toContain(PEER_KEY);
  });

  it('is in no store where it is wrong, also not in the fault', async () => {
    const { connection } = await state().add({ kind: 'elevenlabs', addresses: [elevenlabs.url] }, WRONG_KEY);
    await stores.tests.startTest(connection.id);
    expect(view(connection.id)?.health).toMatchObject({ status: 'failed', fault: { code: 'unauthorised' } });
    expect(allStores()).not.toContain(WRONG_KEY);
    await state().setKey(connection.id, PEER_KEY);
    expect(view(connection.id)?.health.status).toBe('ready');
    expect(allStores()).not.toContain(PEER_KEY);
  });

  it('that cannot be stored leaves no half provider behind', async () => {
    refused = '/api/connections/elevenlabs/key';
    const adding = state().add({ kind: 'elevenlabs', addresses: [elevenlabs.url] }, PEER_KEY);
    await expect(adding.catch(toFault)).resolves.toMatchObject({ code: 'unreachable' });
    await state().load();
    expect(state().view?.connections).toEqual([]);
    expect(allStores()).not.toContain(PEER_KEY);
  });

  it('is forgotten', async () => {
    const { connection } = await state().add({ kind: 'elevenlabs', addresses: [elevenlabs.url] }, PEER_KEY);
    await state().forgetKey(connection.id);
    expect(view(connection.id)?.key).toEqual({ last4: null, where: 'none' });
    expect(view(connection.id)?.health.status).toBe('failed');
  });
});

describe('a test of a provider', () => {
  const test = (id: string) => stores.tests.useConnectionTests.getState().tests[id];

  it('tells its three steps', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    await stores.tests.startTest(connection.id);
    expect(test(connection.id)?.steps.map(({ step, state }) => [step, state])).toEqual([
      ['probe', 'done'],
      ['voices', 'done'],
      ['speak', 'done'],
    ]);
    expect(test(connection.id)).toMatchObject({ running: false, cancelled: false, fault: null });
  });

  it('is cancelled, and can be closed', async () => {
    const { connection } = await state().add({ kind: 'chatterbox', addresses: [chatterbox.url] }, null);
    const testing = stores.tests.startTest(connection.id);
    expect(test(connection.id)?.running).toBe(true);
    stores.tests.stopTest(connection.id);
    await testing;
    expect(test(connection.id)).toMatchObject({ running: false, cancelled: true, fault: null });
    stores.tests.closeTest(connection.id);
    expect(test(connection.id)).toBeUndefined();
  });

  it('says why it could not be carried out at all', async () => {
    await stores.tests.startTest('nobody');
    expect(test('nobody')).toMatchObject({ running: false, fault: { code: 'not_found' } });
  });
});
