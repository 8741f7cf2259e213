import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import { Take, type TakeRequest } from '../../shared/schemas/take.ts';
import { estimateSeconds } from '../../shared/text/estimate.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import { api, check, openTake, openTakeAudio, unwrap } from '../api.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { liveStudio, loadLive, useLive } from './live.ts';
import { expectedTake, takeRequest, type Wish } from './take-request.ts';
import { useTakes } from './takes.ts';
import { useTune } from './tune.ts';
import { useVoices, voiceOf } from './voices.ts';

interface Render {
  /** The take that is being made; null while none is. */
  id: string | null;
  /** `asked` until its first sound is there, then `arriving`, `cancelling` once a person does not want it. */
  stage: 'asked' | 'arriving' | 'cancelling' | null;
  /** Seconds it will have, about. */
  expectedSeconds: number;
  /** Why the last one did not come to an end. */
  fault: Fault | null;
  /** The take that was asked for last, made or not. */
  lastId: string | null;
  /** Who was asked for it; `modelId` is null for the voice's own model. */
  asked: { voiceId: string; modelId: string | null } | null;
}

/** The take that is being made. */
export const useRender = create<Render>()(() => ({
  id: null,
  stage: null,
  expectedSeconds: 0,
  fault: null,
  lastId: null,
  asked: null,
}));

let lastWish: Wish = {};
/** Goes up with every render that is asked for; only the latest is made. */
let latest = 0;

function isCurrent(id: string): boolean {
  return useRender.getState().id === id;
}

function finish(id: string, why: Fault | null): void {
  if (!isCurrent(id)) return;
  const wanted = useRender.getState().stage !== 'cancelling' && why?.code !== 'cancelled';
  useRender.setState({ id: null, stage: null, fault: wanted ? why : null });
}

/** Takes in the answer to a request: its first sound is there, or the same take was there before. */
async function answered(id: string, response: Response): Promise<void> {
  const takeId = response.headers.get('x-timbre-take') ?? id;
  if (response.headers.get('x-timbre-cached') !== '1') {
    if (isCurrent(id) && useRender.getState().stage === 'asked') useRender.setState({ stage: 'arriving' });
    return;
  }
  finish(id, null);
  const take = await unwrap(api.takes[':id'].$get({ param: { id: takeId } }), Take);
  if (useLive.getState().loaded?.id === id) loadLive(take, useLive.getState().heard);
  useTakes.getState().put(take);
  useTakes.getState().choose(take.id);
}

/**
 * Makes a take of what lies on the desk, or of what is named, and plays it as it comes. The same request again plays the
 * take there is; `fresh` asks the provider anew. The take is stored whatever happens to the playing. One that is being
 * made is cancelled first; of several asked for while that goes on, the last is made.
 */
export async function renderTake(wish: Wish = {}): Promise<void> {
  latest += 1;
  const mine = latest;
  lastWish = wish;
  let asked: TakeRequest;
  try {
    asked = takeRequest(wish);
  } catch (thrown) {
    useRender.setState({ fault: toFault(thrown) });
    return;
  }
  const { id, voiceId, modelId = null } = asked;
  if (useRender.getState().id !== null) await cancelRender();
  // One that could not be cancelled is still being made, and why is told.
  if (mine !== latest || useRender.getState().id !== null) return;
  const loaded = expectedTake(asked);
  const language = voiceOf(useVoices.getState(), voiceId)?.languages[0] ?? null;
  const expectedSeconds = estimateSeconds(asked.text, language, loaded.sent.speed);
  useRender.setState({ id, stage: 'asked', expectedSeconds, fault: null, lastId: id, asked: { voiceId, modelId } });
  loadLive(loaded, wish.of ? 'rendered' : 'sliders');
  const open = async (signal: AbortSignal, fetch: typeof globalThis.fetch) => {
    try {
      const response = await openTake(asked, signal, fetch);
      answered(id, response).catch((thrown) => finish(id, toFault(thrown)));
      return response;
    } catch (thrown) {
      // A stopped player closes its connection; the take goes on being made and is told of by an event.
      if (!signal.aborted) finish(id, toFault(thrown));
      throw thrown;
    }
  };
  const source = { takeId: id, provider: voiceIdParts(voiceId).provider, open };
  player.play(source, { loop: keptLoop(), studio: liveStudio() });
}

/** Asks again for what was asked for last; the desk as it lies now, where it was that. */
export function renderAgain(): Promise<void> {
  return renderTake(lastWish);
}

/** Asks again for what was asked for last, of the voice's own model. What is chosen on the desk changes with it. */
export function renderWithOwnModel(): Promise<void> {
  const { of } = lastWish;
  if (of === undefined) useTune.getState().setModel(null);
  return renderTake(of === undefined ? lastWish : { ...lastWish, of: { ...of, modelId: null } });
}

/** Ends the making of the take under way; what had arrived is kept as an incomplete one. */
export async function cancelRender(): Promise<void> {
  const { id } = useRender.getState();
  if (id === null) return;
  useRender.setState({ stage: 'cancelling' });
  try {
    await check(await api.takes[':id'].cancel.$post({ param: { id } }));
    finish(id, null);
  } catch (thrown) {
    useRender.setState({ stage: 'arriving', fault: toFault(thrown) });
  }
}

/** A loop over the whole take goes on with the next one; a region belongs to its take. */
function keptLoop(): 'all' | null {
  return usePlayer.getState().loop === 'all' ? 'all' : null;
}

/** Plays a take that is kept. `rendered`: as it was made; `sliders`: as the sliders stand. */
export function playTake(take: Take, heard: 'rendered' | 'sliders' = 'rendered'): void {
  loadLive(take, heard);
  const open = (signal: AbortSignal, fetch: typeof globalThis.fetch) => openTakeAudio(take.id, signal, fetch);
  player.play({ takeId: take.id, provider: take.provider, open }, { loop: keptLoop(), studio: liveStudio() });
}

/** Takes in how the take that is being made goes on. */
export function renderHeard(event: StudioEvent): void {
  if (event.type === 'refused') finish(event.takeId, event.fault);
  if (event.type !== 'take' || !isCurrent(event.take.id)) return;
  const { take } = event;
  if (useTakes.getState().selection.chosen !== take.id) {
    useTakes.getState().put(take);
    useTakes.getState().choose(take.id);
  }
  if (take.state !== 'rendering') finish(take.id, take.state === 'done' ? null : take.fault);
}

/** Asks how the take under way is, after events may have been missed. */
export async function recheckRender(): Promise<void> {
  const { id, stage } = useRender.getState();
  if (id === null || stage === 'asked') return;
  try {
    renderHeard({ type: 'take', take: await unwrap(api.takes[':id'].$get({ param: { id } }), Take) });
  } catch (thrown) {
    finish(id, toFault(thrown));
  }
}

export function dismissRenderFault(): void {
  useRender.setState({ fault: null });
}
