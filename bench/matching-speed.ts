import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createStudio } from '../engine/studio.ts';
import { NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import { speechFrames } from '../shared/profile/speech-frames.ts';
import { statisticsOf } from '../shared/profile/voice-statistics.ts';
import { WholeMapping } from '../shared/schemas/mapping.ts';
import { MatchEstimate, MatchPlan, MatchRun } from '../shared/schemas/match-run.ts';
import { s16ToFloat } from '../shared/sound/pcm.ts';
import { joined, testSpeech } from '../shared/sound/testing/speech.ts';
import type { Figure } from './figure.ts';
import { EnglishKokoro, VOICES } from './matching-speech.ts';
import { LINES, SAID } from './matching-texts.ts';

const OLD_VOICES = 20;
const HOUR = 3600;

/** An hour of speech: a few minutes over and over. */
async function hourFigure(): Promise<Figure> {
  const pieces = await Promise.all(SAID.map((text, place) => testSpeech(text, { gender: 1 + (place % 2) })));
  const [{ sampleRate }] = pieces as [(typeof pieces)[number]];
  const once = joined(...pieces.map(({ samples }) => s16ToFloat(samples)));
  const hour = new Float32Array(HOUR * sampleRate);
  for (let at = 0; at < hour.length; at += once.length) hour.set(once.subarray(0, hour.length - at), at);
  const begin = performance.now();
  statisticsOf(speechFrames(hour, sampleRate), { syllables: null, loudness: null });
  const got = (performance.now() - begin) / 1000;
  return { what: 'one hour of speech profiled, one thread', reach: 'under 60 s', got, unit: 's', ok: got < 60 };
}

/** The studio looks for the successors of 20 voices among 54, once to render, once with everything there. */
async function proposingFigure(): Promise<Figure> {
  const home = await mkdtemp(join(tmpdir(), 'timbre-bench-matching-'));
  const kokoro = new EnglishKokoro();
  const studio = await createStudio({ shell: 'web', home, pageFolder: join(home, 'page') });
  const ask = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.infer<Schema>> => {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await studio.fetch(new Request(`http://127.0.0.1${path}`, init));
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return schema.parse(JSON.parse(text));
  };
  try {
    const library = studio.parts.library();
    const [project] = library.projects();
    const sources = [];
    for (const voice of VOICES.slice(0, OLD_VOICES)) {
      const text = SAID[0] as string;
      const own = { projectId: project?.id ?? '', name: voice, text, language: 'en-US' };
      const { id } = await library.importTake({ ...own, ...(await kokoro.say(text, voice)) });
      const labels = { language: null, gender: 'unknown', accent: '' };
      sources.push({ voiceId: null, voiceName: voice, settings: NEUTRAL_SETTINGS, ...labels, recordings: [id] });
    }
    const mapping = await ask('/api/mappings', WholeMapping, {
      projectId: project?.id,
      name: 'Bench',
      from: { kind: 'recordings' },
      to: { kind: 'provider', provider: 'builtin', modelId: 'kokoro' },
      lines: LINES,
    });
    await ask(`/api/mappings/${mapping.id}/rows`, z.unknown(), { sources });
    const plan = MatchPlan.parse({ lines: LINES.length, matched: 1 });
    const run = async () => {
      const agreed = await ask(`/api/mappings/${mapping.id}/estimate`, MatchEstimate, plan);
      const begin = performance.now();
      const { id } = await ask(`/api/mappings/${mapping.id}/runs`, MatchRun, { id: crypto.randomUUID(), plan, agreed });
      await new Promise<void>((resolve) => {
        const stop = studio.parts.events.subscribe(() => {
          if (studio.parts.matching.runs(mapping.id).find((one) => one.id === id)?.state === 'running') return;
          stop();
          resolve();
        });
      });
      const ended = studio.parts.matching.runs(mapping.id).find((one) => one.id === id);
      if (ended?.state !== 'done' || ended.failed.length > 0) throw new Error(JSON.stringify(ended));
      return { seconds: (performance.now() - begin) / 1000, renders: ended.renders };
    };
    await run();
    const { seconds, renders } = await run();
    const what = `proposing for ${OLD_VOICES} voices against 54 candidates, renders there (${renders} made)`;
    return { what, reach: 'under 20 s', got: seconds, unit: 's', ok: seconds < 20 && renders === 0 };
  } finally {
    await studio.close();
    await kokoro.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** How long it takes to profile speech and to propose voices. */
export async function matchingSpeedFigures(): Promise<Figure[]> {
  return [await hourFigure(), await proposingFigure()];
}
