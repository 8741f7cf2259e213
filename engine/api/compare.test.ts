import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapTime } from '../../shared/alignment/time-map.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { Alignment } from '../../shared/schemas/alignment.ts';
import { CompareAnswer, GainsAnswer } from '../../shared/schemas/compare.ts';
import { Take, type TakeRequest } from '../../shared/schemas/take.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const TEXT = 'The ship sails at noon, and nobody knows who will be on board.';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let projectId: string;

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  projectId = await studio.firstProject();
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

const request = (change: Partial<TakeRequest> = {}): TakeRequest => ({
  ...espeakRequest(projectId, TEXT),
  fresh: false,
  ...change,
});

async function render(...requests: TakeRequest[]): Promise<CompareAnswer[]> {
  const response = await studio.send('/api/compare/render', { requests });
  expect(response.status).toBe(200);
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => CompareAnswer.parse(JSON.parse(line)));
}

async function whole(takeId: string): Promise<Take> {
  const read = async () => answer(await studio.call(`/api/takes/${takeId}`), Take);
  await expect.poll(async () => (await read()).measurements, { timeout: 20_000 }).not.toBeNull();
  return read();
}

/** Takes of two voices. */
async function twoTakes(): Promise<[Take, Take]> {
  const answers = await render(request(), request({ voiceId: 'builtin:espeak/en-gb' }));
  const ids = answers.flatMap((one) => ('takeId' in one ? one.takeId : []));
  return [await whole(ids[0] ?? ''), await whole(ids[1] ?? '')];
}

describe('slots side by side', () => {
  test('are rendered at once; a request that was made before is not made again', async () => {
    const asked = [request(), request({ voiceId: 'builtin:espeak/en-gb' })];
    const answers = await render(...asked);
    expect(answers.map(({ id }) => id).toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
    for (const one of answers) await whole('takeId' in one ? one.takeId : '');
    const again = await render(...asked.map((one) => ({ ...one, id: crypto.randomUUID() })));
    const takes = (all: CompareAnswer[]) => all.map((one) => ('takeId' in one ? one.takeId : null)).toSorted();
    expect(takes(again)).toEqual(takes(answers));
    expect(again.every((one) => 'cached' in one && one.cached)).toBe(true);
  });

  test('what cannot be made is told beside what can', async () => {
    const answers = await render(request({ voiceId: 'nobody:x' }), request());
    expect(answers).toHaveLength(2);
    expect(answers.find((one) => 'fault' in one)).toMatchObject({ fault: { code: expect.any(String) } });
    expect(answers.some((one) => 'takeId' in one)).toBe(true);
  });

  test('are aligned: the words of one lie where they are heard in the other', async () => {
    const [a, b] = await twoTakes();
    const alignment = await answer(await studio.call(`/api/compare/alignment?a=${a.id}&b=${b.id}`), Alignment);
    const { duration } = a.measurements ?? { duration: 0 };
    expect(mapTime(alignment.map, 0)).toBeLessThan(0.1);
    expect(mapTime(alignment.map, duration)).toBeCloseTo(b.measurements?.duration ?? 0, 1);
    const back = await answer(await studio.call(`/api/compare/alignment?a=${b.id}&b=${a.id}`), Alignment);
    expect(mapTime(back.map, mapTime(alignment.map, duration / 2))).toBeCloseTo(duration / 2, 1);
  });

  test('takes of the same sound lie alike', async () => {
    const [a] = await twoTakes();
    const [quieter] = await render(request({ settings: { ...request().settings, volume: -6 } }));
    const b = await whole(quieter && 'takeId' in quieter ? quieter.takeId : '');
    expect(b.id).not.toBe(a.id);
    const alignment = await answer(await studio.call(`/api/compare/alignment?a=${a.id}&b=${b.id}`), Alignment);
    expect(mapTime(alignment.map, 1.234)).toBeCloseTo(1.234, 9);
    expect(alignment.trusted).toBe(true);
  });

  test('are made equally loud, with what the studio does to each', async () => {
    const [a, b] = await twoTakes();
    const takes = [
      { takeId: a.id, studio: { ...NEUTRAL_STUDIO, volume: -9 } },
      { takeId: b.id, studio: { ...NEUTRAL_STUDIO, speed: 1.3, pitch: 2 } },
    ];
    const { gains, by, levels } = await answer(await studio.send('/api/compare/gains', { takes }), GainsAnswer);
    expect(by).toBe('loudness');
    const [first, second] = levels.map(({ loudness }, index) => (loudness ?? 0) + (gains[index] ?? 0));
    expect(first).toBeCloseTo(second ?? 0, 6);
    expect(Math.abs((levels[0]?.loudness ?? 0) + 9 - (a.measurements?.loudness ?? 0))).toBeLessThan(0.1);
    expect(Math.max(...gains)).toBeLessThanOrEqual(0);
  });

  test('a take that is not there is said so', async () => {
    const none = crypto.randomUUID();
    const takes = [{ takeId: none, studio: NEUTRAL_STUDIO }];
    expect((await studio.send('/api/compare/gains', { takes })).status).toBe(404);
    expect((await studio.call(`/api/compare/alignment?a=${none}&b=${none}`)).status).toBe(404);
  });
});
