import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import type { MappedVoice, SourceVoice } from '../../shared/schemas/mapping.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { firstProject, temporaryFolder } from '../library/test-library.ts';
import { mappedVoice, mappingInput, sourceVoice, verdictOf } from '../library/test-mapping.ts';
import { createLog } from '../observe/log.ts';
import { createBuiltinProvider } from '../providers/builtin/builtin-provider.ts';
import { RACHEL, WithPeer } from '../providers/elevenlabs/testing/with-peer.ts';
import { createRegistry, type Registry } from '../providers/registry.ts';
import { createGatewayApi } from './gateway-api.ts';
import { heardOf } from './testing/heard-of.ts';

const VOICE = 'builtin:espeak/en-us';
const TEXT = 'The quick brown fox jumps over the lazy dog.';
/** An id of ElevenLabs that no account here has. */
const OLD = 'pNInz6obpgDQGcFmaJgB';

const open = new WithPeer();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let registry: Registry;

beforeAll(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  const silent = () => undefined;
  const builtin = createBuiltinProvider({
    modelFolder: folder.folder,
    blends: () => [],
    addBlend: silent,
    removeBlend: silent,
    onHealth: silent,
    onProgress: silent,
  });
  registry = createRegistry([builtin]);
  registry.put(open.provider(await open.peer()).provider);
});
afterAll(async () => {
  await registry.close();
  await open.close();
  await library.close();
  await folder.remove();
});
beforeEach(() => {
  const projectId = firstProject(library);
  for (const { id } of library.mappings.list(projectId)) library.mappings.remove(id);
});

/** Maps an old voice to a new one, approved. */
function approve(old: string | SourceVoice, to: MappedVoice, from = library): { rowId: string; verdictId: string } {
  const mapping = from.mappings.create(mappingInput(firstProject(from)));
  const source = typeof old === 'string' ? sourceVoice(`elevenlabs:${old}`) : old;
  const rowId = from.mappings.addRows(mapping.id, [source])[0]?.id ?? '';
  from.mappings.patchRow(rowId, { choice: to });
  const verdict = verdictOf(to);
  from.mappings.fileVerdict(rowId, verdict);
  return { rowId, verdictId: verdict.id };
}

async function speak(body: Record<string, unknown>, provider = 'builtin'): Promise<Response> {
  const log = createLog('test', 'silent');
  const api = createGatewayApi({ registry, library, version: '1', apiKey: null, provider, log });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  return api.request('/api/v1/tts', { ...init, body: JSON.stringify({ text: TEXT, ...body }) });
}

/** Who speaks, and how. */
async function heard(body: Record<string, unknown>, provider?: string) {
  const response = await speak(body, provider);
  const voice = decodeURIComponent(response.headers.get('x-timbre-voice') ?? '');
  return { voice, ...(await heardOf(response)) };
}

async function refused(response: Response) {
  return { status: response.status, ...FaultBody.parse(await response.json()).error };
}

const settings = (more: Partial<MappedVoice['settings']>) => ({ ...NEUTRAL_SETTINGS, ...more });

describe('an old id that was approved in a mapping', () => {
  it('is spoken by the new voice with the settings it was approved with', async () => {
    const plain = await heard({ voice_id: VOICE });
    approve(OLD, mappedVoice(VOICE, { settings: settings({ speed: 1.5, pitch: 4 }) }));
    for (const id of [OLD, `elevenlabs:${OLD}`]) {
      const mapped = await heard({ voice_id: id });
      expect(mapped.voice).toBe(VOICE);
      expect(plain.seconds / mapped.seconds).toBeGreaterThan(1.4);
      expect(plain.seconds / mapped.seconds).toBeLessThan(1.6);
      expect(12 * Math.log2(mapped.pitch / plain.pitch)).toBeGreaterThan(3.5);
      expect(12 * Math.log2(mapped.pitch / plain.pitch)).toBeLessThan(4.5);
    }
  });

  it('takes what is asked as said of the old voice', async () => {
    const source = sourceVoice(`elevenlabs:${OLD}`, { settings: settings({ speed: 1.2, pitch: 0 }) });
    approve(source, mappedVoice(VOICE, { settings: settings({ speed: 0.9 }) }));
    const approved = await heard({ voice_id: OLD });
    const same = await heard({ voice_id: OLD, settings: { speed: 1.2, pitch: 1, volume: 1 } });
    expect(same.seconds / approved.seconds).toBeCloseTo(1, 1);
    const faster = await heard({ voice_id: OLD, settings: { speed: 1.8 } });
    expect(approved.seconds / faster.seconds).toBeGreaterThan(1.4);
    expect(approved.seconds / faster.seconds).toBeLessThan(1.6);
    const furthest = await heard({ voice_id: OLD, settings: { speed: 2, pitch: 2 } });
    expect(furthest.pitch / approved.pitch).toBeGreaterThan(1.8);
  });

  it('needs no change of the model its agent names', async () => {
    approve(OLD, mappedVoice(VOICE));
    expect((await heard({ voice_id: OLD, model_id: 'eleven_turbo_v2_5' })).voice).toBe(VOICE);
    const wrong = mappedVoice(VOICE, { modelId: 'other' });
    approve(`${OLD}2`, wrong);
    expect(await refused(await speak({ voice_id: `${OLD}2` }))).toMatchObject({ status: 404, param: 'model_id' });
  });

  it('is not known before it is approved, nor after the verdict was taken back', async () => {
    expect(await refused(await speak({ voice_id: OLD }))).toMatchObject({ status: 404, param: 'voice_id' });
    const other = await openLibrary({ home: folder.folder });
    try {
      const { rowId, verdictId } = approve(OLD, mappedVoice(VOICE), other);
      expect((await heard({ voice_id: OLD })).voice).toBe(VOICE);
      other.mappings.takeBackVerdict(rowId, verdictId);
      expect((await speak({ voice_id: OLD })).status).toBe(404);
    } finally {
      await other.close();
    }
  });

  it('is spoken by nobody else where the new voice is gone', async () => {
    approve('espeak/en-gb', mappedVoice('chatterbox:Emily.wav'));
    const answer = await refused(await speak({ voice_id: 'espeak/en-gb' }));
    expect(answer).toMatchObject({ status: 404, code: 'unknown_voice', param: 'voice_id' });
    expect(answer.message).toContain('chatterbox:Emily.wav');
  });

  it('goes before a voice of the provider in force, and before a preset', async () => {
    approve('espeak/en-gb', mappedVoice(VOICE));
    expect((await heard({ voice_id: 'espeak/en-gb' })).voice).toBe(VOICE);
    const preset = { projectId: firstProject(library), name: OLD, voiceName: '', settings: NEUTRAL_SETTINGS };
    library.createPreset({ ...preset, voiceId: 'builtin:espeak/en-gb' });
    expect((await heard({ voice_id: OLD })).voice).toBe('builtin:espeak/en-gb');
    approve(OLD, mappedVoice(VOICE));
    expect((await heard({ voice_id: OLD })).voice).toBe(VOICE);
  });

  it('speaks for itself with TTS_PROVIDER=elevenlabs, and by its whole id as long as its provider has it', async () => {
    approve(RACHEL, mappedVoice(VOICE));
    expect((await heard({ voice_id: RACHEL })).voice).toBe(VOICE);
    expect((await heard({ voice_id: RACHEL }, 'elevenlabs')).voice).toBe(`elevenlabs:${RACHEL}`);
    expect((await heard({ voice_id: `elevenlabs:${RACHEL}` })).voice).toBe(`elevenlabs:${RACHEL}`);
    approve(sourceVoice('builtin:espeak/en-gb'), mappedVoice(`elevenlabs:${RACHEL}`));
    expect((await heard({ voice_id: 'espeak/en-gb' }, 'elevenlabs')).voice).toBe(`elevenlabs:${RACHEL}`);
    expect((await heard({ voice_id: 'espeak/en-gb' })).voice).toBe('builtin:espeak/en-gb');
  });
});
