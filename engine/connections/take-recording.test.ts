import { afterEach, expect, it } from 'vitest';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createRestPeer } from '../../e2e/peers/rest.ts';
import { toFault } from '../../shared/errors.ts';
import { wavFile } from '../../shared/sound/pcm.ts';
import { decodeAudioFile } from '../import/importer.ts';
import { never, OnPeers } from '../providers/chatterbox/testing/on-peers.ts';
import { WithPeer } from '../providers/elevenlabs/testing/with-peer.ts';
import type { Provider } from '../providers/provider.ts';
import { takeRecording } from './take-recording.ts';

const on = new OnPeers();
const open = new WithPeer();
afterEach(async () => {
  await on.closeAll();
  await open.close();
});

const bytes = wavFile(new Int16Array(8 * 8000).fill(100), 8000);
const take = (provider: Provider) =>
  takeRecording(provider, { name: 'Anna', fileName: 'anna.wav', language: null, bytes }, decodeAudioFile, never());

it('brings a recording also to a server that nobody has asked yet what it takes', async () => {
  const provider = on.provider([await on.start(createDevnenPeer())]);
  expect(provider.cloning?.()).toBeNull();
  expect(await take(provider)).toMatch(/^reference\/Anna-[0-9a-f]{8}\.wav$/u);
});

it('says whose servers take none, and that nothing was sent', async () => {
  const peer = await on.start(createRestPeer());
  expect(await take(on.provider([peer])).catch(toFault)).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('REST'),
    kept: expect.stringContaining('nothing was sent'),
    todo: expect.any(String),
  });
  const { provider } = open.provider(await open.peer());
  expect(await take(provider).catch(toFault)).toMatchObject({
    code: 'unsupported',
    message: 'Timbre makes no voices of recordings at ElevenLabs.',
    kept: expect.stringContaining('nothing was sent'),
    todo: expect.any(String),
  });
});
