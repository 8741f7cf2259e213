import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it, vi } from 'vitest';
import type * as RenderModule from './render.ts';
import { stubPage } from './testing/page-on-engine.ts';

/** There is no sound output here: nothing is played. */
vi.mock('../player/studio-player.ts', () => ({ player: {} }));

let render: typeof RenderModule;

beforeAll(async () => {
  stubPage();
  render = await import('./render.ts');
  return () => vi.unstubAllGlobals();
});

it('a render that the engine refuses after its connection was closed comes to an end, and says why', () => {
  const { useRender, renderHeard } = render;
  const id = randomUUID();
  const fault = { code: 'model_missing', message: 'A model part is missing.' } as const;
  useRender.setState({ id, stage: 'asked', fault: null, lastId: id });
  renderHeard({ type: 'refused', takeId: randomUUID(), fault });
  expect(useRender.getState()).toMatchObject({ id, stage: 'asked', fault: null });
  renderHeard({ type: 'refused', takeId: id, fault });
  expect(useRender.getState()).toMatchObject({ id: null, stage: null, fault });
});
