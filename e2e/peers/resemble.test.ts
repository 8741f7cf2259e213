import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createResemblePeer } from './resemble.ts';

const peer = createResemblePeer({ apiKey: 'secret' });
const headers = { authorization: 'Bearer secret' };
const Page = z.object({
  success: z.literal(true),
  page: z.number(),
  total_results: z.number(),
  page_count: z.number(),
  items: z.array(z.object({ uuid: z.string(), name: z.string() })),
});

let voice_uuid = '';
const post = (path: string, body: object, more: Record<string, string> = headers) =>
  fetch(peer.url + path, { method: 'POST', headers: more, body: JSON.stringify({ voice_uuid, ...body }) });
const said = async (response: Response) => [response.status, await response.json()];
const page = async (query: string) =>
  Page.parse(await (await fetch(`${peer.url}/api/v2/voices?${query}`, { headers })).json());
const TEXT = { data: 'Good morning. To you.' };

/** The chunks of a WAV file up to its sound. */
function chunksOf(file: Buffer): { names: string[]; dataAt: number; size: number } {
  const names: string[] = [];
  for (let at = 12; ; ) {
    const size = file.readUInt32LE(at + 4);
    names.push(file.toString('latin1', at, at + 4));
    if (names.at(-1) === 'data') return { names, dataAt: at + 8, size };
    at += 8 + size;
  }
}

beforeAll(async () => {
  await peer.start();
  voice_uuid = (await page('page=1')).items[0]?.uuid ?? '';
});
afterAll(() => peer.stop());

describe('the Resemble peer', () => {
  it('lists voices by the page', async () => {
    const [first, second] = [await page('page=1&page_size=10'), await page('page=2')];
    expect([first.items.length, first.total_results, first.page_count]).toEqual([10, 12, 2]);
    expect(second.items).toHaveLength(2);
    expect(new Set([...first.items, ...second.items].map(({ uuid }) => uuid)).size).toBe(12);
  });

  it('speaks into JSON, 32 bits at 48 kHz unless told otherwise', async () => {
    const whole = z.object({ success: z.literal(true), audio_content: z.string(), duration: z.number() });
    const make = async (more: object) => whole.parse(await (await post('/synthesize', { ...TEXT, ...more })).json());
    const { audio_content, duration } = await make({});
    const file = Buffer.from(audio_content, 'base64');
    const { dataAt, size } = chunksOf(file);
    expect([file.readUInt32LE(24), file.readUInt16LE(34)]).toEqual([48_000, 32]);
    expect([size, size / 4 / 48_000]).toEqual([file.length - dataAt, duration]);
    expect(duration).toBeGreaterThan(0.5);
    const mp3 = Buffer.from((await make({ output_format: 'mp3', sample_rate: 24_000 })).audio_content, 'base64');
    expect(mp3.toString('latin1', 0, 4)).not.toBe('RIFF');
  });

  it('streams with marks before the sound, in each precision', async () => {
    const streamed = async (precision: string) => {
      const answer = await post('/stream', { ...TEXT, precision, sample_rate: 24_000 });
      expect(answer.headers.get('content-length')).toBeNull();
      return Buffer.from(await answer.arrayBuffer());
    };
    const lengths: number[] = [];
    for (const [precision, tag, bits] of [
      ['MULAW', 7, 8],
      ['PCM_16', 1, 16],
      ['PCM_24', 1, 24],
      ['PCM_32', 1, 32],
    ] as const) {
      const file = await streamed(precision);
      const { names, dataAt, size } = chunksOf(file);
      expect(names).toEqual(['fmt ', 'cue ', 'list', 'data']);
      expect([file.readUInt16LE(20), file.readUInt16LE(34), size]).toEqual([tag, bits, 0xffffffff]);
      lengths.push((file.length - dataAt) / (bits / 8));
    }
    expect(new Set(lengths).size).toBe(1);
  });

  it('refuses with a message', async () => {
    const refused = (message: string) => ({ success: false, message });
    const cases: [Response, number, string][] = [
      [await post('/stream', TEXT, {}), 401, 'Invalid or missing API token.'],
      [await post('/synthesize', { ...TEXT, voice_uuid: 'nobody' }), 404, 'Voice not found'],
      [await post('/synthesize', { data: 'a'.repeat(3001) }), 400, 'Invalid data: more than 3000 characters'],
      [await post('/synthesize', { ...TEXT, precision: 'PCM_8' }), 400, 'Invalid precision'],
    ];
    for (const [response, status, message] of cases) expect(await said(response)).toEqual([status, refused(message)]);
    expect(await said(await post('/synthesize', { data: '__FAIL__' }))).toMatchObject([500, { success: false }]);
    peer.faults.add({ kind: 'status', status: 429, retryAfter: '1' });
    expect(await said(await post('/stream', TEXT))).toEqual([429, refused('Rate limit exceeded')]);
    const broken = await post('/stream', { data: 'Good morning. __FAIL__' });
    await expect(broken.arrayBuffer()).rejects.toThrow();
  });
});
