import { afterEach, expect, it } from 'vitest';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { fault, toFault } from '../../../shared/errors.ts';
import { previewSound } from './preview-sound.ts';

const never = new AbortController().signal;
const decode = async (bytes: Uint8Array) => ({ samples: new Int16Array(bytes.length), sampleRate: 24_000 });
const peers: Peer[] = [];

async function serving(handler: ConstructorParameters<typeof Peer>[0]['otherwise']): Promise<Peer> {
  const peer = new Peer({
    name: 'files',
    routes: {},
    otherwise: handler,
    refuse: ({ response }, status) => sendJson(response, status, {}),
  });
  peers.push(await peer.start());
  return peer;
}
afterEach(async () => {
  for (const peer of peers.splice(0)) {
    await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
    await peer.stop();
  }
});

it.each([
  ['http://10.0.0.1/x.mp3', 'http://127.0.0.1:1'],
  ['http://127.0.0.1:2/x.mp3', 'https://api.elevenlabs.io'],
  ['http://127.0.0.1:2/x.mp3', 'https://127.0.0.1'],
  ['file:///etc/passwd', 'http://127.0.0.1:1'],
])('does not ask %s where the API is at %s', async (address, base) => {
  expect(await previewSound(address, base, decode, never).catch(toFault)).toMatchObject({ code: 'forbidden' });
});

it('asks for the very address, and has the whole of it', async () => {
  const peer = await serving(({ response }) => void response.end('abcd'));
  const stream = await previewSound(`${peer.url}/a%20b.mp3?sig=x+y%2Bz`, peer.url, decode, never);
  expect(stream).toMatchObject({ totalSamples: 4 });
  expect(peer.seen[0]?.query).toEqual({ sig: 'x y+z' });
});

it('reads no more than 10 MB', async () => {
  const peer = await serving(({ response }) => void response.end(Buffer.alloc(11 * 1024 * 1024)));
  expect(await previewSound(`${peer.url}/x.mp3`, peer.url, decode, never).catch(toFault)).toMatchObject({
    code: 'too_large',
  });
});

it('does not follow to elsewhere, and says what its server says', async () => {
  const peer = await serving(({ response }) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end());
  expect(await previewSound(`${peer.url}/x.mp3`, peer.url, decode, never).catch(toFault)).toMatchObject({
    code: 'provider_fault',
  });
});

it('says that it is no sound', async () => {
  const peer = await serving(({ response }) => void response.end('<html>'));
  const none = async () => {
    throw fault('bad_audio', 'No sound.');
  };
  expect(await previewSound(`${peer.url}/x.mp3`, peer.url, none, never).catch(toFault)).toMatchObject({
    code: 'bad_audio',
  });
});
