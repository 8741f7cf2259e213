import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFault } from './disk-fault.ts';
import { distrustModel, joinModel, type PartFile } from './join-model.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const contents = [5, 9, 2].map((value) => new Uint8Array(70_000 + value).fill(value));
const tail = Uint8Array.of(7, 8);
const whole = Buffer.concat([...contents, tail]);
const model = { file: 'model.onnx', bytes: whole.length, sha256: sha(whole), tail };

let home = '';
let folder = '';
let parts: PartFile[] = [];
let progress: number[] = [];
const run = (into = folder) => joinModel(into, parts, model, (value) => progress.push(value));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'timbre-join-'));
  folder = join(home, 'data', 'models');
  progress = [];
  parts = await Promise.all(
    contents.map(async (bytes, i) => {
      const path = join(home, `part${i}.bin`);
      await writeFile(path, bytes);
      return { name: `package/part${i}.bin`, path, bytes: bytes.length, sha256: sha(bytes) };
    }),
  );
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('joinModel', () => {
  it('joins the parts in order, with the tail behind them, and says how far it is', async () => {
    const path = await run();
    expect(Buffer.compare(await readFile(path), whole)).toBe(0);
    expect(progress.at(-1)).toBe(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('does nothing at the next start, and does not read it all again', async () => {
    await run();
    progress = [];
    await run();
    expect(progress).toEqual([]);
  });

  it('checks the whole file again when it was touched, and keeps it when it is right', async () => {
    const path = await run();
    await utimes(path, new Date(1e12), new Date(1e12));
    await rm(join(home, 'part0.bin'));
    progress = [];
    await run();
    expect(progress.at(-1)).toBe(1);
    progress = [];
    await run();
    expect(progress).toEqual([]);
  });

  it.each(['altered', 'half', 'longer'])('joins anew when the file is %s', async (how) => {
    const path = await run();
    if (how === 'altered') {
      const file = await open(path, 'r+');
      await file.write(new Uint8Array([1]), 0, 1, 100);
      await file.close();
    } else if (how === 'half') await writeFile(path, whole.subarray(0, 1000));
    else await appendFile(path, 'x');
    await run();
    expect(Buffer.compare(await readFile(path), whole)).toBe(0);
  });

  it('joins anew a file that rotted with its time kept, once it is distrusted', async () => {
    const path = await run();
    const { atime, mtime } = await stat(path);
    await utimes(path, atime, mtime);
    await run();
    const file = await open(path, 'r+');
    await file.write(new Uint8Array([1]), 0, 1, 100);
    await file.close();
    await utimes(path, atime, mtime);
    await distrustModel(path);
    await run();
    expect(Buffer.compare(await readFile(path), whole)).toBe(0);
  });

  it('works when several do it at once, and leaves no other file', async () => {
    const paths = await Promise.all([run(), run(), run(), run()]);
    expect(new Set(paths).size).toBe(1);
    expect(Buffer.compare(await readFile(paths[0] ?? ''), whole)).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['model.onnx', 'model.onnx.verified.json']);
  });

  it('clears away what a killed process left, and leaves what a living one writes', async () => {
    await mkdir(folder, { recursive: true });
    const dead = join(folder, 'model.onnx.4194304-abc123.tmp');
    const living = join(folder, `model.onnx.${process.pid}-abc123.tmp`);
    await writeFile(dead, 'half');
    await writeFile(living, 'half');
    await run();
    await expect(stat(dead)).rejects.toThrow('ENOENT');
    expect((await stat(living)).size).toBe(4);
  });

  it('names a part that is missing', async () => {
    await rm(join(home, 'part1.bin'));
    await expect(run()).rejects.toMatchObject({
      fault: { code: 'model_missing', message: 'The model part package/part1.bin is missing.' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('names a part that is altered', async () => {
    await appendFile(join(home, 'part2.bin'), 'x');
    await expect(run()).rejects.toMatchObject({
      fault: { code: 'model_missing', message: expect.stringContaining('package/part2.bin is altered') },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that the folder cannot be written', async () => {
    await writeFile(join(home, 'file'), '');
    await expect(run(join(home, 'file', 'models'))).rejects.toMatchObject({ fault: { code: 'not_writable' } });
    await expect(run(join(home, 'file'))).rejects.toMatchObject({ fault: { code: 'not_writable' } });
    if (process.platform === 'linux') {
      await expect(run('/proc/timbre/models')).rejects.toMatchObject({ fault: { code: 'not_writable' } });
    }
  });
});

describe.skipIf(process.platform !== 'linux')('diskFault', () => {
  it('knows a full disk', async () => {
    const full = await open('/dev/full', 'w');
    const thrown = await full.writeFile('x').catch((error: unknown) => error);
    await full.close();
    expect(diskFault(thrown, '/somewhere')?.fault).toMatchObject({ code: 'disk_full' });
  });
});
