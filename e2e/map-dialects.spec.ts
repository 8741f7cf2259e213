import { verdictInForce } from '../shared/schemas/mapping.ts';
import { wavFile } from '../shared/sound/pcm.ts';
import { testSpeech } from '../shared/sound/testing/speech.ts';
import { expect, test } from './fixtures.ts';
import { MapDesk } from './map-desk.ts';
import { createElevenLabsPeer, PEER_KEY } from './peers/elevenlabs.ts';
import { createOpenAiPeer } from './peers/openai.ts';
import type { Peer } from './peers/peer.ts';
import { createResemblePeer } from './peers/resemble.ts';
import { createRestPeer } from './peers/rest.ts';
import { createTravisvnPeer } from './peers/travisvn.ts';
import { ProviderDesk } from './provider-desk.ts';

const ROGER = 'CwhRBWXzGAHq8TQ4Fs17';
const SAID = 'The first train of the morning leaves at a quarter past five from the platform behind the tower.';
const RESEMBLE_KEY = 'resemble-key';

/** Two servers speak, and a search waits for them: on a busy machine that takes long, in ms. */
test.setTimeout(300_000);

const running: Peer[] = [];
test.afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

/** Gives a server its first voice: this kind begins without any. */
async function giveVoice(url: string): Promise<void> {
  const { samples, sampleRate } = await testSpeech(SAID, { gender: 1 });
  const form = new FormData();
  form.set('voice_name', 'Jonas');
  form.set('voice_file', new Blob([wavFile(samples, sampleRate)], { type: 'audio/wav' }), 'Jonas.wav');
  const response = await fetch(`${url}/voices`, { method: 'POST', body: form });
  expect(response.ok, await response.text()).toBe(true);
}

/** Makes a voice of what Roger was heard in, which needs somebody who states the rights. */
async function cloneRoger(desk: MapDesk): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'What can be done with this voice' }).click();
  await page.getByRole('menuitem', { name: 'Make a voice of its recordings…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Make a voice of Roger/ });
  const make = dialog.getByRole('button', { name: 'Make the voice' });
  await dialog.getByRole('textbox', { name: 'Name of the new voice' }).fill('Roger the Second');
  await expect(make).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^I hold the rights/ }).check();
  await make.click();
  await expect(dialog).toBeHidden();
  await expect(desk.row('Roger')).toContainText('Roger the Second');
  // What was approved was another voice.
  await expect(page.getByText('0 of 1 approved')).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' })).toContainText('rights');
}

const DIALECTS: [name: string, create: () => Peer, key?: string][] = [
  ['travisvn', () => createTravisvnPeer()],
  ['REST', () => createRestPeer()],
  ['OpenAI', () => createOpenAiPeer()],
  ['Resemble', () => createResemblePeer({ apiKey: RESEMBLE_KEY }), RESEMBLE_KEY],
];

for (const [name, create, key] of DIALECTS) {
  test(`a voice is brought from ElevenLabs to a server of the ${name} dialect`, async ({ studio }) => {
    const elevenlabs = createElevenLabsPeer({ past: [{ voice: ROGER, text: SAID }] });
    const server = create();
    running.push(elevenlabs, server);
    for (const peer of running) await peer.start();
    if (name === 'travisvn') await giveVoice(server.url);
    const { page } = studio;
    const providers = new ProviderDesk(studio);
    await providers.add('ElevenLabs', { address: elevenlabs.url, key: PEER_KEY });
    await providers.listed('elevenlabs');
    await providers.add('Chatterbox', { address: server.url, ...(key ? { key } : {}) });
    await providers.listed('chatterbox');
    const desk = new MapDesk(studio);
    await desk.go();
    await desk.begin('ElevenLabs', 'Chatterbox');
    await desk.add('Roger');
    await desk.find();
    await desk.choose('Roger');
    await desk.verdict('Approve').click();
    await page.getByRole('textbox', { name: /Your name/ }).press('Enter');
    await expect(page.getByText('1 of 1 approved')).toBeVisible();
    const row = await desk.stored('Roger');
    expect(row.choice?.voiceId).toMatch(/^chatterbox:/);
    expect(verdictInForce(row)?.verdict).toBe('approved');

    await page.getByRole('button', { name: /^Mapping:/ }).click();
    await page.getByRole('menuitem', { name: 'Give the server the old ids…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give the server the old ids' });
    await dialog.getByRole('button', { name: 'Give 1 id' }).click();
    const outcomes = dialog.getByRole('list', { name: 'What became of each voice' });
    // Only a travisvn server keeps other names for its voices; the others say so.
    await expect(outcomes).toContainText(name === 'travisvn' ? 'given' : 'refused');
    if (name === 'travisvn') {
      await expect(outcomes).toContainText(ROGER);
      await dialog.getByRole('button', { name: 'Take them back' }).click();
      await expect(outcomes).toContainText('taken back');
      await page.keyboard.press('Escape');
      await cloneRoger(desk);
    }
    expect(studio.complaints).toEqual([]);
  });
}
