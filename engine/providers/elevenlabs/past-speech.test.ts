import { afterEach, describe, expect, it } from 'vitest';
import type { PastGeneration } from '../../../e2e/peers/elevenlabs-history.ts';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { toFault } from '../../../shared/errors.ts';
import { PastSpeech, UsedVoices } from '../../../shared/schemas/past-speech.ts';
import { CLONE, hear, LENA, never, RACHEL, REQUEST, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const GONE = 'Gone0000000000000001';
const line = (text: string, more: Partial<PastGeneration> = {}): PastGeneration => ({ voice: RACHEL, text, ...more });

/** A provider before a peer that has spoken already. */
async function havingSaid(past: readonly PastGeneration[], more: Parameters<WithPeer['peer']>[0] = {}) {
  const peer = await open.peer({ past, ...more });
  const watched = open.provider(peer, { id: 'mine' });
  return {
    peer,
    ...watched,
    spoken: (voice: string, most = 50) => watched.provider.pastSpeech?.(voice, most, never()) ?? [],
    used: async () => UsedVoices.parse(await watched.provider.usedVoices?.(never())),
  };
}

/** A server that answers the history as it is told to. */
async function answering(page: (asked: URLSearchParams) => unknown) {
  const peer = new Peer({
    name: 'history',
    routes: { 'GET /v1/history': ({ response, url }) => sendJson(response, 200, page(url.searchParams)) },
    otherwise: ({ response }) => sendJson(response, 404, {}),
    refuse: ({ response }, status) => sendJson(response, status, {}),
  });
  await peer.start();
  open.also({ close: () => peer.stop() });
  return { peer, ...open.provider(peer) };
}

describe('what a voice has spoken', () => {
  it('is listed with its text, model and settings, the newest first', async () => {
    const { provider, peer, spoken } = await havingSaid([
      line('Long ago.', { settings: { stability: 0.2, speed: 1.1 }, model: 'eleven_v3' }),
      line('Eine andere Stimme.', { voice: LENA }),
    ]);
    await hear(provider);
    const past = await spoken(RACHEL);
    for (const one of past) PastSpeech.parse(one);
    expect(past).toEqual([
      {
        id: peer.history.ids[0],
        voiceId: `mine:${RACHEL}`,
        modelId: 'eleven_flash_v2_5',
        text: REQUEST.text,
        characters: 66,
        settings: { stability: 0.5, similarity_boost: 0.75, style: 0, use_speaker_boost: true, speed: 1 },
        at: expect.any(Number),
      },
      {
        id: peer.history.ids[2],
        voiceId: `mine:${RACHEL}`,
        modelId: 'eleven_v3',
        text: 'Long ago.',
        characters: 9,
        settings: { stability: 0.2, similarity_boost: 0.75, style: 0, use_speaker_boost: true, speed: 1.1 },
        at: 1_760_000_000_000,
      },
    ]);
    expect(Math.abs(Date.now() - (past[0]?.at ?? 0))).toBeLessThan(600_000);
    expect(peer.invalid).toEqual([]);
    expect(peer.account.billed).toHaveLength(1);
  });

  it('is read page by page until there are enough', async () => {
    const { peer, spoken } = await havingSaid(Array.from({ length: 12 }, (_, at) => line(`Line ${at + 1}.`)));
    expect((await spoken(RACHEL, 5)).map(({ text }) => text)).toEqual(
      [12, 11, 10, 9, 8].map((number) => `Line ${number}.`),
    );
    expect(peer.askedFor('/v1/history').map(({ query }) => query)).toEqual([
      { page_size: '5', voice_id: RACHEL, source: 'TTS' },
    ]);
    expect(await spoken(RACHEL, 12)).toHaveLength(12);
    expect(await spoken(RACHEL, 0)).toEqual([]);
  });

  it('goes on with the next page where much of one cannot be heard', async () => {
    const { peer, spoken } = await havingSaid([
      line('The oldest.'),
      line('Not made yet.', { state: 'processing' }),
      line('Deleted.', { state: 'deleted' }),
      line('The newest.'),
    ]);
    expect((await spoken(RACHEL, 2)).map(({ text }) => text)).toEqual(['The newest.', 'The oldest.']);
    expect(peer.askedFor('/v1/history').map(({ query }) => query.start_after_history_item_id)).toEqual([
      undefined,
      peer.history.ids[1],
    ]);
  });

  it('is told also of a voice that the account has no more', async () => {
    const { spoken } = await havingSaid([line('I was here.', { voice: GONE })]);
    expect(await spoken(GONE)).toMatchObject([{ voiceId: `mine:${GONE}`, text: 'I was here.' }]);
    expect(await spoken(CLONE)).toEqual([]);
  });

  it('is a dialogue only where one voice alone speaks in it', async () => {
    const of = (voice: string, text: string, id: string) => ({
      history_item_id: id,
      voice_id: '',
      text: '',
      dialogue: [
        { text: 'One.', voice_id: RACHEL, voice_name: 'Rachel' },
        { text, voice_id: voice, voice_name: 'Somebody' },
      ],
    });
    const { provider } = await answering(() => ({ history: [of(RACHEL, 'Two.', 'a'), of(LENA, 'Zwei.', 'b')] }));
    expect(await provider.pastSpeech?.(RACHEL, 9, never())).toMatchObject([{ id: 'a', text: 'One. Two.' }]);
    expect(await provider.usedVoices?.(never())).toMatchObject({
      voices: [
        { voiceId: `elevenlabs:${RACHEL}`, lines: 3 },
        { voiceId: `elevenlabs:${LENA}`, lines: 1, name: 'Somebody' },
      ],
      counted: 4,
      whole: true,
    });
  });

  it('is read where little of it is told, or told in another form', async () => {
    const { provider } = await answering(() => ({
      history: [
        null,
        { history_item_id: 7 },
        { history_item_id: 'no voice', text: 'A.' },
        { history_item_id: 'no text', voice_id: RACHEL },
        { history_item_id: 'sung', voice_id: RACHEL, text: 'A.', source: 'STS' },
        { history_item_id: 'other', voice_id: LENA, text: 'A.' },
        {
          history_item_id: 'little',
          voice_id: RACHEL,
          text: 'A.',
          date_unix: 'yesterday',
          settings: { stability: 'high', speed: 1.1, style: null, other: 1 },
          state: null,
        },
      ],
    }));
    expect(await provider.pastSpeech?.(RACHEL, 9, never())).toEqual([
      {
        id: 'little',
        voiceId: `elevenlabs:${RACHEL}`,
        modelId: null,
        text: 'A.',
        characters: 2,
        settings: { speed: 1.1 },
        at: null,
      },
    ]);
    const { provider: other } = await answering(() => ({ items: [] }));
    expect(await other.usedVoices?.(never()).catch(toFault)).toMatchObject({ code: 'provider_fault' });
  });

  it('is not read for ever where pages lead back', async () => {
    const turns = [{ history_item_id: 'a' }, { history_item_id: 'b' }].map((item) => ({
      history: [{ ...item, voice_id: RACHEL, text: 'Again.' }],
      has_more: true,
    }));
    const { provider, peer } = await answering((asked) =>
      asked.get('start_after_history_item_id') === 'a' ? turns[1] : turns[0],
    );
    expect(await provider.pastSpeech?.(RACHEL, 99, never())).toHaveLength(2);
    expect(peer.seen).toHaveLength(3);
    expect(await provider.usedVoices?.(never())).toMatchObject({ counted: 2, whole: false });
  });
});

describe('the voices in use', () => {
  it('are counted, those that speak most first, with what they spoke with last', async () => {
    const { peer, used } = await havingSaid([
      line('One.', { voice: GONE }),
      line('Two.', { settings: { stability: 0.1 } }),
      line('Three.', { settings: { stability: 0.9 }, model: 'eleven_v3' }),
      line('In a project.', { source: 'Projects', voice: LENA }),
    ]);
    expect(await used()).toEqual({
      voices: [
        {
          voiceId: `mine:${RACHEL}`,
          name: 'Rachel',
          lines: 2,
          characters: 10,
          lastAt: 1_760_000_120_000,
          modelId: 'eleven_v3',
          settings: { stability: 0.9, similarity_boost: 0.75, style: 0, use_speaker_boost: true, speed: 1 },
        },
        expect.objectContaining({ voiceId: `mine:${GONE}`, name: `Removed ${GONE}`, lines: 1, characters: 4 }),
      ],
      counted: 3,
      whole: true,
      since: 1_760_000_000_000,
    });
    expect(peer.account.billed).toEqual([]);
    expect(peer.invalid).toEqual([]);
  });

  it('are none where nothing was spoken', async () => {
    const { used } = await havingSaid([]);
    expect(await used()).toEqual({ voices: [], counted: 0, whole: true, since: null });
  });

  it('are counted up to a limit, which is told', async () => {
    const { used, peer } = await havingSaid(Array.from({ length: 5100 }, (_, at) => line(`Line ${at}.`)));
    const { voices, counted, whole, since } = await used();
    expect([counted, whole, voices[0]?.lines]).toEqual([5000, false, 5000]);
    expect(since).toBe((1_760_000_000 + 100 * 60) * 1000);
    expect(peer.askedFor('/v1/history')).toHaveLength(20);
  });

  it('are read once for all who ask at the same time', async () => {
    const { provider, peer, used } = await havingSaid([line('One.')]);
    await Promise.all([provider.usedVoices?.(never()), provider.usedVoices?.(never())]);
    expect(peer.askedFor('/v1/history')).toHaveLength(1);
    await hear(provider, { voice: LENA });
    expect((await used()).voices).toHaveLength(2);
  });
});

describe('a key that may not read the history', () => {
  it.each(['current', 'older', 'words'] as const)('is told so, and is good for the rest (%s)', async (refusals) => {
    const { provider, used } = await havingSaid([line('One.')], {
      permissions: ['text_to_speech', 'voices_read', 'models_read', 'user_read'],
      refusals,
    });
    await provider.probe(never());
    const told = {
      code: 'unauthorised',
      message: 'The key is not allowed to read what this ElevenLabs account has generated.',
      todo: expect.stringContaining('speech_history_read'),
    };
    expect(await used().catch(toFault)).toMatchObject(told);
    expect(await provider.pastSpeech?.(RACHEL, 5, never()).catch(toFault)).toMatchObject(told);
    expect(await provider.pastSound?.('x', never()).catch(toFault)).toMatchObject(told);
    expect(provider.health().status).toBe('ready');
    expect((await hear(provider)).fault).toBeNull();
  });

  it('is told from one that is none', async () => {
    const peer = await open.peer();
    const { provider, healths } = open.provider(peer, { key: 'sk_wrong_secret' });
    expect(await provider.usedVoices?.(never()).catch(toFault)).toMatchObject({
      code: 'unauthorised',
      message: 'ElevenLabs did not accept the key.',
    });
    expect(healths.at(-1)).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(healths)).not.toContain('secret');
  });
});
