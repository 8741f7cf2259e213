import { afterEach, expect } from 'vitest';
import { z } from 'zod';
import { createElevenLabsPeer, type ElevenLabsOptions, type ElevenLabsPeer, PEER_KEY } from './elevenlabs.ts';

export const TEXT = 'The first move is what sets everything in motion. Then it goes on.';
export const RACHEL = '21m00Tcm4TlvDq8ikWAM';
export const LENA = 'LibraryVoice00000001';

const running: ElevenLabsPeer[] = [];
/** A peer that runs until the test is over. */
export async function started(options: ElevenLabsOptions = {}): Promise<ElevenLabsPeer> {
  const peer = createElevenLabsPeer(options);
  running.push(peer);
  await peer.start();
  return peer;
}

afterEach(async () => {
  for (const peer of running.splice(0)) {
    await peer.stop();
    expect(peer.faults.length).toBe(0);
    await expect.poll(() => peer.connections).toBe(0);
  }
});

const HEADERS = { 'xi-api-key': PEER_KEY, 'content-type': 'application/json' };
export const get = (peer: ElevenLabsPeer, path: string, headers: Record<string, string> = HEADERS) =>
  fetch(`${peer.url}${path}`, { headers });
/** Asks for speech. @param end what follows the voice in the path */
export const speak = (
  peer: ElevenLabsPeer,
  body: object,
  { voice = RACHEL, end = '/stream', format = 'pcm_24000' } = {},
) =>
  fetch(`${peer.url}/v1/text-to-speech/${voice}${end}?output_format=${format}`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
  });
export const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
/** Status and `detail` of a refusal. */
export async function said(response: Response): Promise<[number, unknown]> {
  const { detail } = z.object({ detail: z.unknown() }).parse(await response.json());
  return [response.status, detail];
}
/** Status and code of a refusal. */
export const codeOf = async (response: Response) => {
  const [status, detail] = await said(response);
  return [status, z.object({ code: z.string() }).parse(detail).code];
};
