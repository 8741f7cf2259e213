import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createElevenLabsPeer, type ElevenLabsPeer, PEER_KEY } from '../../e2e/peers/elevenlabs.ts';
import { FaultBody } from '../../shared/errors.ts';
import { PastSpeech, UsedVoices } from '../../shared/schemas/past-speech.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const RACHEL = 'elevenlabs:21m00Tcm4TlvDq8ikWAM';
const GONE = 'Gone0000000000000001';
const Past = z.object({ past: z.array(PastSpeech) });

let peer: ElevenLabsPeer;
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;

beforeEach(async () => {
  const said = (text: string, voice = '21m00Tcm4TlvDq8ikWAM') => ({ text, voice });
  peer = createElevenLabsPeer({ past: [said('One.'), said('Two.', GONE), said('Three.')] });
  await peer.start();
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  await studio.send('/api/connections', { kind: 'elevenlabs', addresses: [peer.url] });
});
afterEach(async () => {
  await studio.close();
  await folder.remove();
  await peer.stop();
});

const refused = async (path: string) => {
  const response = await studio.call(path);
  return { status: response.status, ...FaultBody.parse(await response.json()).error };
};

const enterKey = () => studio.send('/api/connections/elevenlabs/key', { key: PEER_KEY }, 'PUT');

it('tells the voices in use and what they spoke, and spends nothing', async () => {
  expect(await refused('/api/voices/used/elevenlabs')).toMatchObject({
    status: 401,
    message: expect.stringMatching(/key/u),
  });
  await enterKey();
  const used = await answer(await studio.call('/api/voices/used/elevenlabs'), UsedVoices);
  expect(used).toMatchObject({
    voices: [
      { voiceId: RACHEL, name: 'Rachel', lines: 2 },
      { voiceId: `elevenlabs:${GONE}`, lines: 1 },
    ],
    counted: 3,
    whole: true,
  });
  const all = await answer(await studio.call(`/api/voices/${encodeURIComponent(RACHEL)}/past`), Past);
  expect(all.past.map(({ text }) => text)).toEqual(['Three.', 'One.']);
  const one = await answer(await studio.call(`/api/voices/${encodeURIComponent(RACHEL)}/past?most=1`), Past);
  expect(one.past.map(({ text }) => text)).toEqual(['Three.']);
  // A voice that is in no list any more.
  expect((await answer(await studio.call(`/api/voices/elevenlabs:${GONE}/past`), Past)).past).toHaveLength(1);
  expect(peer.account.billed).toEqual([]);
  expect(peer.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('says who remembers nothing, and what there is not', async () => {
  const devnen = await createDevnenPeer().start();
  try {
    await studio.send('/api/connections', { kind: 'chatterbox', addresses: [devnen.url] });
    const told = { status: 415, code: 'unsupported', todo: expect.any(String) };
    expect(await refused('/api/voices/used/chatterbox')).toMatchObject(told);
    expect(await refused('/api/voices/builtin:espeak%2Fen-us/past')).toMatchObject(told);
    expect(await refused('/api/voices/used/nobody')).toMatchObject({ status: 404, code: 'not_found' });
    expect(await refused('/api/voices/nobody/past')).toMatchObject({ status: 404, code: 'not_found' });
    expect(await refused(`/api/voices/${RACHEL}/past?most=201`)).toMatchObject({ status: 400, param: 'most' });
  } finally {
    await devnen.stop();
  }
});
