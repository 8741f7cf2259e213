import { afterEach, beforeAll, expect, it } from 'vitest';
import { type ElevenLabsPeer, PEER_KEY } from '../../../e2e/peers/elevenlabs.ts';
import { bodyIssues, fieldsOf, queryIssues, queryNames } from '../../../e2e/peers/elevenlabs-document.ts';
import type { SeenRequest } from '../../../e2e/peers/peer.ts';
import { ElevenLabsClient, type OutputFormat, type SpeechBody } from './client.ts';
import { usualFacts } from './models.ts';
import { speechBody } from './speech-body.ts';
import { CLONE, never, RACHEL, REQUEST, WithPeer } from './testing/with-peer.ts';

// The SDK takes seconds to load and is no part of the app, so that it is loaded here only.
const load = () => import('@elevenlabs/elevenlabs-js');
type Sdk = InstanceType<Awaited<ReturnType<typeof load>>['ElevenLabsClient']>;
let create: (baseUrl: string) => Sdk;

beforeAll(async () => {
  const { ElevenLabsClient: Official } = await load();
  create = (baseUrl) => new Official({ apiKey: PEER_KEY, baseUrl, maxRetries: 0 });
});

const open = new WithPeer();
afterEach(() => open.close());

/** The official SDK and our client before one peer. */
async function both() {
  const peer = await open.peer({ clones: 3 });
  const client = new ElevenLabsClient({ key: PEER_KEY, base: peer.url });
  open.also(client);
  return { peer, client, sdk: create(peer.url) };
}

/** What of a request both must agree in. */
const shape = ({ method, path, query, json, headers }: SeenRequest) => ({
  method,
  path,
  query,
  json,
  key: headers['xi-api-key'],
  type: json === undefined ? undefined : headers['content-type'],
});

/** Lets both ask, and compares what came. @param template the path as the document has it */
async function agree(
  peer: ElevenLabsPeer,
  template: string,
  official: () => Promise<unknown>,
  ours: () => Promise<unknown>,
) {
  peer.seen.splice(0);
  await official();
  const theirs = peer.seen.splice(0);
  await ours();
  const mine = peer.seen.splice(0);
  expect(theirs.length).toBeGreaterThan(0);
  expect(mine.map(shape)).toEqual(theirs.map(shape));
  for (const { method, query, json } of [...theirs, ...mine]) {
    expect(queryIssues(method, template, new URLSearchParams(query))).toEqual([]);
    expect(bodyIssues(method, template, json)).toEqual([]);
    // The document leaves room for fields nobody knows; there must be none.
    expect(queryNames(method, template)).toEqual(expect.arrayContaining(Object.keys(query)));
    if (json !== undefined) expect(fieldsOf(BODY)).toEqual(expect.arrayContaining(Object.keys(json as object)));
  }
}

const BODY = 'Body_text_to_speech_stream';

async function read(pieces: AsyncIterable<unknown> | ReadableStream<unknown>): Promise<void> {
  for await (const _ of pieces);
}

/** A body as the SDK names its fields. */
const official = (body: SpeechBody, format: OutputFormat) => ({
  outputFormat: format,
  text: body.text,
  modelId: body.model_id,
  ...(body.language_code === undefined ? {} : { languageCode: body.language_code }),
  ...(body.seed === undefined ? {} : { seed: body.seed }),
  ...(body.previous_text === undefined ? {} : { previousText: body.previous_text }),
  ...(body.next_text === undefined ? {} : { nextText: body.next_text }),
  ...(body.voice_settings === undefined
    ? {}
    : {
        voiceSettings: Object.fromEntries(
          Object.entries(body.voice_settings).map(([name, value]) => [
            name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
            value,
          ]),
        ),
      }),
});

const stored = { stability: 0.3, similarity_boost: 0.9, style: 0.2, use_speaker_boost: false, speed: 1.1 };
const parameters = { previous_text: 'Before that.', next_text: 'After that.' };
const bodies: [string, SpeechBody][] = ['eleven_multilingual_v2', 'eleven_flash_v2_5', 'eleven_v3', 'eleven_v4'].map(
  (id) => [id, speechBody({ ...REQUEST, parameters, seed: 4294967295 }, usualFacts(id), stored)],
);

it.each(bodies)('asks %s for speech as the SDK does', async (_, body) => {
  const { peer, client, sdk } = await both();
  await agree(
    peer,
    '/v1/text-to-speech/{voice_id}/stream',
    async () => read(await sdk.textToSpeech.stream(RACHEL, official(body, 'pcm_24000'))),
    async () => read((await client.speak({ voice: RACHEL, format: 'pcm_24000', body, signal: never() })).pieces),
  );
  expect(peer.invalid).toEqual([]);
});

it.each(['pcm_22050', 'pcm_16000', 'mp3_44100_128'] as const)(
  'asks for timings and %s as the SDK does',
  async (format) => {
    const { peer, client, sdk } = await both();
    const body: SpeechBody = { text: 'Hello there.', model_id: 'eleven_flash_v2_5' };
    await agree(
      peer,
      '/v1/text-to-speech/{voice_id}/stream/with-timestamps',
      async () => read(await sdk.textToSpeech.streamWithTimestamps(RACHEL, official(body, format))),
      async () => read((await client.speakTimed({ voice: RACHEL, format, body, signal: never() })).pieces),
    );
  },
);

it('writes odd ids into paths as the SDK does', async () => {
  const { peer, client, sdk } = await both();
  const voice = 'a/b c?ä';
  await agree(
    peer,
    '/v1/voices/{voice_id}/settings',
    () => sdk.voices.settings.get(voice).catch(() => null),
    () => client.settings(voice, never()).catch(() => null),
  );
});

it('reads voices, settings, models and the account as the SDK does, and understands the same', async () => {
  const { peer, client, sdk } = await both();
  await agree(
    peer,
    '/v2/voices',
    () => sdk.voices.search({ pageSize: 100, includeTotalCount: false }),
    () => client.voices(never()),
  );
  await agree(
    peer,
    '/v1/voices/{voice_id}/settings',
    () => sdk.voices.settings.get(CLONE),
    () => client.settings(CLONE, never()),
  );
  await agree(
    peer,
    '/v1/models',
    () => sdk.models.list(),
    () => client.models(never()),
  );
  await agree(
    peer,
    '/v1/user/subscription',
    () => sdk.user.subscription.get(),
    () => client.subscription(never()),
  );

  const [theirs, mine] = [await sdk.models.list(), await client.models(never())];
  expect(mine.map(({ model_id, name }) => [model_id, name])).toEqual(
    theirs.map(({ modelId, name }) => [modelId, name]),
  );
  const [subscription, ours] = [await sdk.user.subscription.get(), await client.subscription(never())];
  expect(ours).toMatchObject({
    character_count: subscription.characterCount,
    character_limit: subscription.characterLimit,
  });
  const { voices } = await sdk.voices.search({ pageSize: 100 });
  expect((await client.voices(never())).map(({ voice_id }) => voice_id)).toEqual(voices.map(({ voiceId }) => voiceId));
});

it('asks for the next page as the SDK does', async () => {
  const peer = await open.peer({ clones: 130 });
  const client = new ElevenLabsClient({ key: PEER_KEY, base: `${peer.url}/` });
  open.also(client);
  const sdk = create(peer.url);
  await agree(
    peer,
    '/v2/voices',
    async () => {
      const { nextPageToken = '' } = await sdk.voices.search({ pageSize: 100, includeTotalCount: false });
      await sdk.voices.search({ pageSize: 100, includeTotalCount: false, nextPageToken: nextPageToken ?? '' });
    },
    () => client.voices(never()),
  );
});

it('asks for the history and a past sound as the SDK does, and understands the same', async () => {
  const past = ['One.', 'Two.', 'Three.'].map((text) => ({ voice: RACHEL, text }));
  const peer = await open.peer({ past });
  const client = new ElevenLabsClient({ key: PEER_KEY, base: peer.url });
  open.also(client);
  const sdk = create(peer.url);
  const [, after = ''] = peer.history.ids;
  await agree(
    peer,
    '/v1/history',
    () => sdk.history.list({ pageSize: 2, source: 'TTS', voiceId: RACHEL, startAfterHistoryItemId: after }),
    () => client.history({ size: 2, voice: RACHEL, after }, never()),
  );
  await agree(
    peer,
    '/v1/history/{history_item_id}',
    () => sdk.history.get(after),
    () => client.historyItem(after, never()),
  );
  await agree(
    peer,
    '/v1/history/{history_item_id}/audio',
    async () => read(await sdk.history.getAudio(after)),
    async () => read((await client.pastSound(after, never())).body),
  );
  const [theirs, mine] = [
    await sdk.history.list(),
    await client.history({ size: 9, voice: null, after: null }, never()),
  ];
  expect(mine.history.map(({ history_item_id: id, text, date_unix }) => [id, text, date_unix])).toEqual(
    theirs.history.map(({ historyItemId, text, dateUnix }) => [historyItemId, text, dateUnix]),
  );
  expect(peer.invalid).toEqual([]);
});
