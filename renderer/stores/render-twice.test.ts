import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { TakeRequest } from '../../shared/schemas/take.ts';
import type { PlaySource } from '../player/player-state.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const VOICE = 'builtin:espeak/en-us';

/** There is no sound output here: the player only reads, one take at a time. */
const player = vi.hoisted(() => {
  let abort = new AbortController();
  const play = ({ open }: PlaySource) => {
    abort.abort();
    abort = new AbortController();
    open(abort.signal, globalThis.fetch).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  };
  return { play };
});
vi.mock('../player/studio-player.ts', () => ({ player }));

let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;
const asked: TakeRequest[] = [];

async function load() {
  const [render, tune, projects] = await Promise.all([
    import('./render.ts'),
    import('./tune.ts'),
    import('./projects.ts'),
  ]);
  return { ...render, ...tune, ...projects };
}

/** Resolves once no take is being made. */
function made(): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ id }: { id: string | null }) => {
      if (id !== null) return;
      stop();
      resolve();
    };
    const stop = stores.useRender.subscribe(look);
    look(stores.useRender.getState());
  });
}

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    if (path === '/api/takes') asked.push(TakeRequest.parse(JSON.parse(String(init?.body))));
  });
  stores = await load();
  await stores.useProjects.getState().load();
  page.studio.parts.events.subscribe(stores.renderHeard);
});

beforeEach(() => {
  asked.length = 0;
  stores.useTune.setState({ text: 'One line on the desk.', voiceId: VOICE, settings: NEUTRAL_SETTINGS });
});

afterAll(() => page.close());

it('of renders asked for while one is cancelled, the last alone is made', async () => {
  const { renderTake, useTune, useRender } = stores;
  const first = renderTake();
  useTune.setState({ text: 'The second line.' });
  const second = renderTake();
  useTune.setState({ text: 'The third line.' });
  const third = renderTake();
  await Promise.all([first, second, third]);
  await made();
  expect(asked.map(({ text }) => text)).toEqual(['One line on the desk.', 'The third line.']);
  expect(useRender.getState()).toMatchObject({ lastId: asked[1]?.id, fault: null });
  expect(page.studio.parts.library().take(asked[1]?.id ?? '')).toMatchObject({
    state: 'done',
    text: 'The third line.',
  });
});

it('another take is asked for with the take’s own text and settings, and again so where it failed', async () => {
  const { renderTake, renderAgain, useTune } = stores;
  const desk = structuredClone({ ...useTune.getState() }.settings);
  const of = { text: 'What another take says.', voiceId: VOICE, settings: { ...NEUTRAL_SETTINGS, speed: 1.5 } };
  await renderTake({ fresh: true, of });
  await made();
  await renderAgain();
  await made();
  expect(asked).toHaveLength(2);
  for (const request of asked) expect(request).toMatchObject({ ...of, fresh: true });
  expect(useTune.getState()).toMatchObject({ text: 'One line on the desk.', settings: desk });
});
