import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTravisvnPeer } from './travisvn.ts';

const peer = createTravisvnPeer();
beforeAll(() => peer.start());
afterAll(() => peer.stop());

const said = async (response: Response) => [response.status, await response.json()];
const get = async (path: string) => said(await fetch(peer.url + path));
const form = (path: string, fields: Record<string, string | File>) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(peer.url + path, { method: 'POST', body });
};
const recording = (name: string) => new File([new TextEncoder().encode(`RIFF of ${name}`)], name);
const keep = (voice_name: string, more: Record<string, string | File> = {}) =>
  form('/voices', { voice_name, voice_file: recording('Emily.wav'), ...more });
const speak = (voice: string) =>
  fetch(`${peer.url}/v1/audio/speech`, { method: 'POST', body: JSON.stringify({ input: 'Hi', voice }) });

it('travisvn keeps other names of voices, each of one voice alone', async () => {
  await keep('emily');
  await keep('henry', { voice_file: recording('Henry.wav') });
  const add = async (voice: string, alias: string) => said(await form(`/voices/${voice}/aliases`, { alias }));
  const refused = (status: number, message: string, type: string) => [status, { error: { message, type } }];
  const old = '21m00Tcm4TlvDq8ikWAM';
  expect(await add('emily', ` ${old} `)).toEqual([
    201,
    { message: 'Alias added successfully', voice_name: 'emily', alias: ` ${old} `, aliases: [old] },
  ]);
  // The same once more changes nothing.
  expect(await add('emily', old)).toMatchObject([201, { aliases: [old] }]);
  expect(await add('henry', old)).toEqual(
    refused(409, `Alias '${old}' already exists for voice 'emily'`, 'alias_exists_error'),
  );
  expect(await add('henry', 'emily')).toEqual(
    refused(409, "Alias 'emily' conflicts with existing voice name", 'alias_exists_error'),
  );
  const forbidden = `Alias contains invalid characters: ['/', '\\\\', ':', '*', '?', '"', '<', '>', '|']`;
  expect(await add('henry', 'a:b')).toEqual(refused(400, forbidden, 'validation_error'));
  expect(await add('henry', ' ')).toEqual(refused(400, 'Alias cannot be empty', 'validation_error'));
  expect(await add('nobody', 'a')).toEqual(refused(404, "Voice 'nobody' not found", 'voice_not_found_error'));
  // Another name is good for speaking, and not for changing the voice's names.
  expect(await add(old, 'a')).toEqual(refused(404, `Voice '${old}' not found`, 'voice_not_found_error'));
  expect(await get(`/voices/emily/aliases`)).toEqual([200, { voice_name: 'emily', aliases: [old], count: 1 }]);
  expect(await get(`/v1/voices/${old}/aliases`)).toEqual([200, { voice_name: old, aliases: [], count: 0 }]);
  expect(await said(await form('/voices', { voice_name: old, voice_file: recording('x.wav') }))).toEqual(
    refused(409, `Name '${old}' is already used as an alias`, 'voice_exists_error'),
  );
  await speak(old);
  expect(peer.engine.spoken.at(-1)?.voice).toBe('emily');
  const remove = async () => said(await fetch(`${peer.url}/voices/emily/aliases/${old}`, { method: 'DELETE' }));
  expect(await remove()).toMatchObject([200, { message: 'Alias removed successfully', alias: old, aliases: [] }]);
  expect(await remove()).toEqual(refused(404, `Voice 'emily' or alias '${old}' not found`, 'voice_not_found_error'));
  await speak(old);
  expect(peer.engine.spoken.at(-1)?.voice).toBe('default');
});
