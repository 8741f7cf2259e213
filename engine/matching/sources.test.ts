import { afterEach, beforeEach, expect, it } from 'vitest';
import type { createElevenLabsPeer, ElevenLabsPeer } from '../../e2e/peers/elevenlabs.ts';
import { PAST_SPEECH } from '../../e2e/peers/elevenlabs-past.ts';
import { toFault } from '../../shared/errors.ts';
import { SourceVoice } from '../../shared/schemas/mapping.ts';
import { WithPeer } from '../providers/elevenlabs/testing/with-peer.ts';
import { createRegistry, type Registry } from '../providers/registry.ts';
import { sourcesOf } from './sources.ts';
import { scriptedProvider } from './testing/scripted-provider.ts';

const open = new WithPeer();
const { signal } = new AbortController();
let registry: Registry;
beforeEach(() => {
  registry = createRegistry([scriptedProvider({ id: 'plain', voices: [{ start: { speed: 9, style: 0.2 } }, {}] })]);
});
afterEach(async () => {
  await registry.close();
  await open.close();
});

async function elevenLabs(options: Parameters<typeof createElevenLabsPeer>[0]): Promise<ElevenLabsPeer> {
  const peer = await open.peer(options);
  registry.put(open.provider(peer).provider);
  return peer;
}

it('are those in use first, as they are spoken with, also where the account has them no more', async () => {
  const peer = await elevenLabs({ past: PAST_SPEECH });
  const { sources, used } = await sourcesOf(registry, 'elevenlabs', signal);
  expect(used).toBe(true);
  expect(sources.slice(0, 2)).toMatchObject([
    { voiceName: 'Rachel', lines: 4, gender: 'female', language: 'en-US', modelId: 'eleven_multilingual_v2' },
    { lines: 2 },
  ]);
  const clone = sources.find(({ voiceId }) => voiceId === 'elevenlabs:Clone000000000000001');
  expect(clone).toMatchObject({ lines: 2, settings: { speed: 1.05, parameters: { stability: 0.35 } } });
  expect(clone?.settings.parameters).not.toHaveProperty('speed');
  const gone = sources.find(({ voiceId }) => voiceId === 'elevenlabs:RemovedVoice00000001');
  expect(gone).toMatchObject({ lines: 1, language: null, gender: 'unknown' });
  // Those that were not spoken with come behind.
  const places = sources.map(({ lines }) => lines === null);
  expect(places.indexOf(true)).toBe(5);
  expect(places.slice(5).every(Boolean)).toBe(true);
  expect(sources.map((one) => SourceVoice.safeParse(one).success).every(Boolean)).toBe(true);
  expect(peer.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('are all voices where nothing is remembered, or the key may not read it', async () => {
  await elevenLabs({ past: PAST_SPEECH, permissions: ['voices_read', 'models_read', 'text_to_speech'] });
  const found = await sourcesOf(registry, 'elevenlabs', signal);
  expect(found.used).toBe(false);
  expect(found.sources.length).toBeGreaterThan(10);
  const plain = await sourcesOf(registry, 'plain', signal);
  expect(plain).toMatchObject({ used: false, sources: [{ settings: { speed: 2, parameters: { style: 0.2 } } }, {}] });
});

it('are refused with the reason where the provider cannot be asked, or is not there', async () => {
  const peer = await elevenLabs({});
  await peer.stop();
  const refused = (id: string) => sourcesOf(registry, id, signal).then(() => null, toFault);
  expect(await refused('elevenlabs')).toMatchObject({ code: 'unreachable' });
  expect(await refused('nobody')).toMatchObject({ code: 'not_found', todo: expect.stringContaining('Settings') });
});
