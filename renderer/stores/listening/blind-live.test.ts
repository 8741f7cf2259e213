import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO, type StudioSettings } from '../../../shared/controls/controls.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { stubPage } from '../testing/page-on-engine.ts';

/** What the player was told to do, and of which take. */
const told: { studio: StudioSettings; takeId: string | undefined }[] = [];
vi.mock('../../player/studio-player.ts', () => ({
  player: {
    context: { currentTime: 0 },
    setStudio: (studio: StudioSettings, takeId?: string) => told.push({ studio, takeId }),
  },
}));

async function load() {
  const [live, hearing] = await Promise.all([import('../live.ts'), import('./hearing.ts')]);
  return { ...live, ...hearing };
}

let stores: Awaited<ReturnType<typeof load>>;
let stop: () => void;

beforeAll(async () => {
  stubPage();
  stores = await load();
  stop = stores.followSliders();
});
beforeEach(() => told.splice(0));
afterAll(() => {
  stop();
  vi.unstubAllGlobals();
});

it('a take that was heard last is no more under the sliders while a blind test is heard', () => {
  const { id, ...take } = { id: crypto.randomUUID(), settings: NEUTRAL_SETTINGS, studio: NEUTRAL_STUDIO, voiceId: 'x' };
  const loaded = { id, ...take, sent: { speed: 1, pitch: 0, volume: 0 } } as Take;
  const louder = { ...NEUTRAL_STUDIO, speed: 1.3, volume: 4 };
  stores.loadLive(loaded, 'rendered');
  stores.liveHeard({ type: 'take', take: { ...loaded, studio: louder } });
  expect(told.at(-1)).toEqual({ studio: louder, takeId: id });

  stores.beginHearing('word', {});
  told.splice(0);
  stores.liveHeard({ type: 'take', take: { ...loaded, studio: { ...louder, pitch: 5 } } });
  expect(told).toEqual([]);
  expect(stores.liveStudio()).toEqual(NEUTRAL_STUDIO);
});
