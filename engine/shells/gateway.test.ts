import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { temporaryFolder } from '../library/test-library.ts';

const GATEWAY = fileURLToPath(new URL('./gateway.ts', import.meta.url));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const child of running.splice(0)) await end(child, 'SIGKILL');
  await folder.remove();
});

async function end(child: ChildProcess, how: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(how);
    await exited;
  }
  return child.exitCode;
}

/** Starts the gateway in its own folder. @returns what it said once it is ready or has ended */
async function start(words: string[], environment: Record<string, string> = {}) {
  const { TIMBRE_API_KEY: _key, TTS_PROVIDER: _provider, ...inherited } = process.env;
  const child = spawn(process.execPath, [GATEWAY, ...words], {
    cwd: folder.folder,
    env: { ...inherited, TIMBRE_HOME: join(folder.folder, 'home'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let said = '';
  await new Promise<void>((resolve) => {
    const read = (text: string) => {
      said += text;
      if (said.includes('is ready at')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('close', () => resolve());
  });
  const port = Number(/is ready at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? 0);
  return { child, said, port };
}

/** Status of a call with exactly these headers, which `fetch` would not let through. */
function ask(port: number, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/api/v1/voices', headers, agent: false }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    call.on('error', reject).end();
  });
}

test('it serves this machine, refuses names that are not of it, and ends in order', async () => {
  const { child, port } = await start(['--port', '0']);
  expect(await ask(port)).toBe(200);
  expect(await ask(port, { host: 'localhost:9000' })).toBe(200);
  expect(await ask(port, { host: `evil.example:${port}` })).toBe(403);
  const taken = await start(['--port', String(port)]);
  expect(taken.said).toContain('in use by another program');
  expect(taken.child.exitCode).toBe(1);
  expect(await end(child, 'SIGTERM')).toBe(0);
});

test('what it is told by a .env counts, unless the environment says otherwise', async () => {
  await writeFile(join(folder.folder, '.env'), 'TIMBRE_API_KEY=of-the-file\n');
  const authorization = 'Bearer other';
  const byFile = await start(['--port', '0']);
  expect(await ask(byFile.port)).toBe(401);
  expect(await ask(byFile.port, { authorization })).toBe(401);
  const byEnvironment = await start(['--port', '0'], { TIMBRE_API_KEY: 'other' });
  expect(await ask(byEnvironment.port, { authorization })).toBe(200);
});

test('other machines are served with a key only', async () => {
  const open = await start(['--port', '0', '--host', '0.0.0.0']);
  expect(open.said).toContain('Set TIMBRE_API_KEY');
  expect(open.child.exitCode).toBe(1);
});

test('it never speaks with another provider than it was told to', async () => {
  const { said, child } = await start(['--port', '0'], { TTS_PROVIDER: 'nobody' });
  expect(said).toContain('TTS_PROVIDER is “nobody”');
  expect(child.exitCode).toBe(1);
});

test('it speaks with the Chatterbox server that the environment names, in the voice it names', async () => {
  const peer = await createDevnenPeer({ model: 'original' }).start();
  try {
    const { port } = await start(['--port', '0'], {
      TTS_PROVIDER: 'chatterbox',
      CHATTERBOX_API_URL: peer.url,
      CHATTERBOX_VOICE_ID: 'Emily.wav',
    });
    const speak = (body: object) =>
      fetch(`http://127.0.0.1:${port}/api/v1/tts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const usual = await speak({ text: 'Good morning.' });
    expect(usual.status).toBe(200);
    expect(decodeURIComponent(usual.headers.get('x-timbre-voice') ?? '')).toBe('chatterbox:predefined/Emily.wav');
    expect((await usual.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    const named = await speak({ text: 'Good morning.', voice_id: 'Abigail' });
    expect(decodeURIComponent(named.headers.get('x-timbre-voice') ?? '')).toBe('chatterbox:predefined/Abigail.wav');
    await named.arrayBuffer();
    expect((await speak({ text: 'Good morning.', voice_id: 'Nobody' })).status).toBe(404);
  } finally {
    await peer.stop();
  }
});
