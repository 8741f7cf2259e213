import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDevnenPeer } from './devnen.ts';
import { type PeerEntry, startPeers } from './peer-list.ts';

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

it('peers can be started by hand, told to do wrong as the table says, and ended', async () => {
  const child = spawn(process.execPath, [RUN, '--any-port'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let told = '';
    child.stdout.on('data', (piece: Buffer) => {
      told += piece.toString('utf8');
    });
    while (!told.includes('Ctrl+C')) await once(child.stdout, 'data');
    const url = (what: string) => new RegExp(`${what}.*(http://127\\.0\\.0\\.1:\\d+)`, 'u').exec(told)?.[1] ?? '';
    for (const [what, path, status] of [
      ['devnen', '/api/model-info', 200],
      ['travisvn', '/ping', 200],
      ['REST', '/health', 200],
      ['TTS-WebUI', '/v1/audio/models', 200],
      ['Resemble', '/api/v2/voices?page=1', 401],
    ] as const) {
      expect((await fetch(url(what) + path)).status, what).toBe(status);
    }
    const order = /curl (\S+) -d '(\{.*429.*\})'/u.exec(told);
    await fetch(order?.[1] ?? '', { method: 'POST', body: order?.[2] ?? '' });
    const body = JSON.stringify({ text: 'Hi', predefined_voice_id: 'Emily.wav' });
    const refused = await fetch(`${url('devnen')}/tts`, { method: 'POST', body });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  }
});

it('where one port is taken none is started, and it is said which', async () => {
  const taken = await createDevnenPeer().start();
  try {
    const entry = (what: string, port: number): PeerEntry => ({
      what,
      port,
      key: null,
      create: () => createDevnenPeer(),
    });
    const port = Number(new URL(taken.url).port);
    await expect(startPeers([entry('one', 0), entry('two', port)], false)).rejects.toThrow(
      `Port ${port} cannot be had`,
    );
  } finally {
    await taken.stop();
  }
});
