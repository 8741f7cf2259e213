import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentVoicesByKey } from './agent-voice.ts';
import { isApproved, type MappingFile } from './mapping-file.ts';
import { readMappingTypeScript, writeMappingTypeScript } from './mapping-typescript.ts';
import { broughtBack, fileOfSingles, GUIDE } from './testing/mappings.ts';

/** What a program that imports the module gets. */
async function imported(text: string): Promise<unknown> {
  const script = stripTypeScriptTypes(text, { mode: 'strip' });
  const module: Record<string, unknown> = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`
  );
  return module.voiceMapping;
}

/** What the compiler says of modules under the strictest of its usual rules; empty where it is content. */
async function diagnostics(modules: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'timbre-mapping-'));
  try {
    const names = modules.map((_, i) => join(folder, `module-${i}.ts`));
    await Promise.all(names.map((name, i) => writeFile(name, modules[i] ?? '')));
    const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
    const rules = ['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes'];
    return await promisify(execFile)(process.execPath, [compiler, ...rules, ...names]).then(
      () => '',
      (failed: { stdout: string }) => failed.stdout || String(failed),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const withUse = (text: string) =>
  `${text}\nconst id: OldVoiceId = Object.keys(voiceMapping)[0] as OldVoiceId;\nexport const voice: MappedVoice = voiceMapping[id];\n`;

describe('a mapping as a TypeScript module', () => {
  it('holds what an agent speaks with', async () => {
    const text = writeMappingTypeScript(GUIDE);
    expect(text).toContain('  "21m00Tcm4TlvDq8ikWAM": {\n    replaces: { provider: "elevenlabs", name: "Rachel" },\n');
    expect(text).toContain('    settings: { speed: 1.04, pitch: 0.971532, volume: 1.258925, emotion: "calm" },\n');
    expect(await imported(text)).toEqual(agentVoicesByKey(GUIDE));
  });

  it('compiles, and is what was written, whatever stands in it', async () => {
    const files = fc
      .sample(fileOfSingles(), { seed: 5, numRuns: 60 })
      .filter(({ rows }) => rows.some(isApproved))
      .map((file): MappingFile => ({ ...file, name: `${file.name}\n*/ end` }));
    expect(files.length).toBeGreaterThan(20);
    const texts = files.map((file) => writeMappingTypeScript(file));
    expect(await diagnostics(texts.map(withUse))).toBe('');
    for (const [i, file] of files.entries()) expect(await imported(texts[i] ?? '')).toEqual(agentVoicesByKey(file));
  });

  it('is refused by the compiler once a value in it is none that can be sent', async () => {
    const text = writeMappingTypeScript(GUIDE);
    expect(await diagnostics([text.replace('emotion: "calm"', 'emotion: "clam"')])).toContain('"clam"');
  });

  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fileOfSingles(), (file) => {
        const approved = file.rows.filter(isApproved);
        fc.pre(approved.length > 0);
        const { rows, problems } = readMappingTypeScript(writeMappingTypeScript(file));
        expect(problems).toEqual([]);
        expect(rows).toHaveLength(approved.length);
        expect(rows).toEqual(expect.arrayContaining(approved.map(broughtBack)));
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('keeps a voice whose id every object inherits', async () => {
    const rows = GUIDE.rows.map((row, i) => ({
      ...row,
      old: { ...row.old, voiceId: ['elevenlabs:__proto__', 'elevenlabs:constructor'][i] ?? 'e:x' },
    }));
    const text = writeMappingTypeScript({ ...GUIDE, rows });
    expect(Object.keys((await imported(text)) as object)).toEqual(['__proto__', 'constructor']);
    expect(readMappingTypeScript(text).rows.map(({ old }) => old.voiceId)).toEqual(
      rows.slice(0, 2).map(({ old }) => old.voiceId),
    );
  });

  it('is read after a formatter and a person went over it', () => {
    const text = writeMappingTypeScript(GUIDE)
      .replace('= {', '= /* ours ** */ {\n // approved by Ada')
      .replaceAll(/"(replaces|provider|voice_id)":/gu, '$1:')
      .replaceAll('"Rachel"', "'Rachel'")
      .replaceAll('\n', '\r\n');
    expect(readMappingTypeScript(text).rows).toEqual(GUIDE.rows.filter(isApproved).map(broughtBack));
    expect(() => readMappingTypeScript('export const other = {};')).toThrow('There is no voiceMapping in the file.');
  });
});
