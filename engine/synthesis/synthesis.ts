import { type Fault, FaultError, fault, toFault } from '../../shared/errors.ts';
import type { Take, TakeRequest } from '../../shared/schemas/take.ts';
import { type CleanText, sanitiseText } from '../../shared/text/sanitise.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Analyser } from '../analysis/analyser.ts';
import { readSamples } from '../analysis/read-samples.ts';
import type { Library, TakeDraft, TakeWriter } from '../library/library.ts';
import type { EventHub } from '../observe/events.ts';
import type { SpeechStream } from '../providers/provider.ts';
import type { Registry, ResolvedVoice } from '../providers/registry.ts';
import { ActiveRenders } from './active-renders.ts';
import { LiveAudio } from './live-audio.ts';
import { type PreparedSpeech, prepareSpeech } from './prepare-speech.ts';
import { requestKey } from './request-key.ts';
import { type FallbackOf, type Spoken, speakAs, speakInstead, type Wanted } from './speak.ts';

/** A take as the page gets it: the row as it stands, and its sound from the beginning. */
export interface StartedTake {
  takeId: string;
  cached: boolean;
  sampleRate: number;
  totalSamples: number | null;
  read(): AsyncIterable<Int16Array>;
}

export interface SynthesisParts {
  registry: Registry;
  /** Who speaks where a voice cannot; by default nobody. */
  fallbackOf?: FallbackOf;
  library: () => Library;
  analyser: Analyser;
  events: EventHub;
  /** Reads stored audio in pieces. */
  readAudio(takeId: string): AsyncIterable<Int16Array>;
}

export interface Synthesis {
  /**
   * Makes a take, or finds the one the same request made before.
   * Resolves when its first sound is there.
   * @throws FaultError
   */
  start(request: TakeRequest): Promise<StartedTake>;
  /**
   * What a take would take, without asking for it.
   * @throws FaultError unknown_voice, unknown_model, text_too_long, invalid
   */
  quote(request: Pick<TakeRequest, 'text' | 'voiceId' | 'modelId' | 'settings'>, signal: AbortSignal): Promise<Quote>;
  /** The sound of a take: from the making where it still goes on, from disk otherwise. */
  open(takeId: string): StartedTake | null;
  /** Ends the making of a take; what had arrived is kept as an incomplete one. */
  cancel(takeId: string): boolean;
  /** Why a take is not in the library although it was asked for. */
  outcome(takeId: string): Fault | null;
  /** Renders under way. */
  readonly active: number;
  close(): Promise<void>;
}

/** What a take would take. */
export interface Quote {
  /** Whether an equal request made one that is there. */
  there: boolean;
  characters: number;
  /** What it would cost; null where it costs nothing. */
  cost: { amount: number; currency: string } | null;
}

/** What came of asking: a take that is there already, or sound that has begun. */
type Asked = { there: StartedTake } | { draft: TakeDraft; key: string | null; stream: SpeechStream };

/** Kept of failures that left nothing in the library, so that the page can be told why. */
const OUTCOMES_KEPT = 200;

export function createSynthesis(parts: SynthesisParts): Synthesis {
  const renders = new ActiveRenders();
  const outcomes = new Map<string, Fault>();

  function remember(takeId: string, why: Fault): void {
    outcomes.set(takeId, why);
    const oldest = outcomes.keys().next().value;
    if (outcomes.size > OUTCOMES_KEPT && oldest !== undefined) outcomes.delete(oldest);
    // Whoever asked may have closed the connection meanwhile.
    parts.events.publish({ type: 'refused', takeId, fault: why });
  }

  function fromDisk(take: Take): StartedTake {
    return {
      takeId: take.id,
      cached: true,
      sampleRate: take.sampleRate,
      totalSamples: take.samples,
      read: () => parts.readAudio(take.id),
    };
  }

  function draftOf(request: TakeRequest, found: ResolvedVoice, prepared: PreparedSpeech): TakeDraft {
    const { request: sent, plan, characters } = prepared;
    const now = Date.now();
    const estimate = found.provider.estimate(found.model.id, characters, found.local);
    return {
      id: request.id,
      projectId: request.projectId,
      source: 'rendered',
      name: '',
      note: '',
      rating: null,
      text: request.text,
      language: sent.language,
      characters,
      provider: found.provider.id,
      voiceId: found.voice.id,
      voiceName: found.voice.name,
      model: found.model.id,
      settings: request.settings,
      studio: plan.studio,
      sent: { speed: plan.send.speed, pitch: plan.send.pitch, volume: plan.send.volume },
      request: {},
      seed: plan.send.seed,
      cached: false,
      sentAt: now,
      cost: { estimated: estimate?.amount ?? 0, billed: null, currency: estimate?.currency ?? '' },
      sampleRate: found.model.sampleRate,
      createdAt: now,
    };
  }

  /** The take an equal request left, or a new one that shares its sound where only the studio's part differs. */
  function fromCache(draft: TakeDraft, key: string): StartedTake | null {
    const before = parts.library().takeByKey(key);
    if (!before) return null;
    const same =
      before.projectId === draft.projectId &&
      before.text === draft.text &&
      requestKey(before.settings) === requestKey(draft.settings);
    if (same) return fromDisk(before);
    const sharing = parts.library().addSharingTake(
      {
        ...draft,
        cached: true,
        request: before.request,
        sampleRate: before.sampleRate,
        cost: { ...draft.cost, estimated: 0 },
      },
      before.id,
    );
    parts.events.publish({ type: 'take', take: sharing });
    return fromDisk(sharing);
  }

  /** Moves the sound from the provider to listeners and disk, and closes the take however it ends. */
  async function pump(
    draft: TakeDraft,
    key: string | null,
    stream: SpeechStream,
    live: LiveAudio,
    firstByteAt: number,
  ) {
    let storage: FaultError | null = null;
    let ending: FaultError | null = null;
    let writer: TakeWriter | null = null;
    // Listeners must not wait for the disk: the take is begun beside the first pieces of sound.
    const begun = parts
      .library()
      .beginTake(draft, key)
      .then((opened) => {
        writer = opened;
        publishTake(draft.id);
      });
    // It may fail while the first piece is still awaited, and is looked at only then.
    begun.catch(() => undefined);
    const store = async (chunk: Int16Array) => {
      if (storage) return;
      try {
        await begun;
        await writer?.append(chunk);
        live.stored(chunk.length);
      } catch (thrown) {
        storage = new FaultError(toFault(thrown));
      }
    };
    let lastByteAt = firstByteAt;
    try {
      for await (const chunk of stream.chunks) {
        lastByteAt = Date.now();
        live.push(chunk);
        await store(chunk);
      }
    } catch (thrown) {
      ending = new FaultError(toFault(thrown));
    }
    // A stream may break off before its first piece, while the take is still being begun.
    await begun.catch((thrown) => {
      storage ??= new FaultError(toFault(thrown));
    });
    const why = storage ?? ending;
    try {
      const take = await (writer as TakeWriter | null)?.finish({
        state: why ? 'incomplete' : 'done',
        fault: why?.fault ?? null,
        firstByteAt,
        lastByteAt,
        cost: stream.cost(),
        seed: stream.seed,
        request: stream.request,
        sampleRate: stream.sampleRate,
        answer: stream.answer?.() ?? {},
        timings: stream.timings?.() ?? null,
      });
      if (take) parts.events.publish({ type: 'take', take });
    } catch (thrown) {
      storage ??= new FaultError(toFault(thrown));
    }
    if (storage) remember(draft.id, storage.fault);
    const failure = storage ?? ending;
    if (failure) live.fail(failure);
    else live.end();
    if (writer && !storage) await measure(draft.id);
  }

  function publishTake(takeId: string): void {
    const take = parts.library().take(takeId);
    if (take) parts.events.publish({ type: 'take', take });
  }

  async function measure(takeId: string): Promise<void> {
    const stored = parts.library().audio(takeId);
    if (!stored || stored.samples === 0) return;
    const { measurements, view } = await parts.analyser.analyseStored(stored);
    const take = parts.library().storeMeasurements(takeId, measurements, view);
    parts.events.publish({ type: 'take', take });
  }

  /** A part of the sound of a take that is being made, as far as it is on disk. */
  async function* readBack(takeId: string, from: number, to: number): AsyncGenerator<Int16Array> {
    const stored = parts.library().audio(takeId);
    if (!stored) throw fault('not_found', 'The sound of this take is not there.');
    yield* readSamples(stored.path, from, to);
  }

  /** The take of an equal request, or sound that has begun. @throws FaultError */
  async function ask(request: TakeRequest, clean: CleanText, signal: AbortSignal): Promise<Asked> {
    const wanted: Wanted = { clean, settings: request.settings };
    const askedAt = Date.now();
    let found: ResolvedVoice;
    try {
      found = await parts.registry.resolve(request.voiceId, signal, request.modelId ?? null);
    } catch (thrown) {
      return instead(request, await other(request, thrown, wanted, signal), null, askedAt);
    }
    const prepared = prepareSpeech(found, clean, request.settings);
    const draft = draftOf(request, found, prepared);
    const key = requestKey({ provider: found.provider.id, ...prepared.request });
    if (!request.fresh) {
      const equal = requestKey({ key, project: request.projectId, text: request.text, settings: request.settings });
      const same = await renders.join(request.id, equal);
      const there = same === null ? fromCache(draft, key) : open(same);
      if (there) return { there };
    }
    try {
      const { stream } = await speakAs(found, prepared, signal);
      return { draft, key, stream };
    } catch (thrown) {
      return instead(request, await other(request, thrown, wanted, signal), found, askedAt);
    }
  }

  function other(request: TakeRequest, why: unknown, wanted: Wanted, signal: AbortSignal): Promise<Spoken> {
    if (request.fallback === false || !parts.fallbackOf) throw why;
    return speakInstead(
      { registry: parts.registry, fallbackOf: parts.fallbackOf },
      request.voiceId,
      why,
      wanted,
      signal,
    );
  }

  /**
   * A take in another voice than the one asked for. It answers no other request: that one may get its own voice.
   * @param askedAt when the first voice was asked, in ms since the epoch: that wait is part of it
   */
  function instead(request: TakeRequest, spoken: Spoken, asked: ResolvedVoice | null, askedAt: number): Asked {
    const { voiceId } = request;
    const { stream, answeredBy } = spoken;
    renders.apart(request.id);
    const { provider, local } = voiceIdParts(voiceId);
    const voiceName = asked?.voice.name ?? local;
    const draft: TakeDraft = {
      ...draftOf(request, spoken.found, spoken.prepared),
      provider: asked?.provider.id ?? provider,
      voiceId,
      voiceName,
      model: asked?.model.id ?? request.modelId ?? '',
      sentAt: askedAt,
      answeredBy,
    };
    if (answeredBy) parts.events.publish({ type: 'fallback', takeId: request.id, voiceName, answeredBy });
    return { draft, key: null, stream };
  }

  async function quote(
    { text, voiceId, modelId, settings }: Parameters<Synthesis['quote']>[0],
    signal: AbortSignal,
  ): Promise<Quote> {
    const found = await parts.registry.resolve(voiceId, signal, modelId ?? null);
    const { request, characters } = prepareSpeech(found, sanitiseText(text), settings);
    const there = parts.library().takeByKey(requestKey({ provider: found.provider.id, ...request })) !== null;
    return { there, characters, cost: there ? null : found.provider.estimate(found.model.id, characters, found.local) };
  }

  async function start(request: TakeRequest): Promise<StartedTake> {
    const clean = sanitiseText(request.text);
    const render = renders.begin(request.id);
    try {
      if (!parts.library().hasProject(request.projectId)) {
        throw fault('not_found', 'This project does not exist (any more).', { param: 'projectId' });
      }
      if (parts.library().take(request.id)) {
        throw fault('conflict', 'There is already a take with this id.', { param: 'id' });
      }
      const asked = await ask(request, clean, render.signal);
      if ('there' in asked) {
        renders.end(request.id);
        return { ...asked.there, cached: true };
      }
      const { draft, key, stream } = asked;
      const live = new LiveAudio(stream.sampleRate, stream.totalSamples, (from, to) => readBack(request.id, from, to));
      // The wait for a turn says nothing of the voice; that for a voice that could not speak is part of the take.
      const sentAt = draft.answeredBy ? draft.sentAt : (stream.sentAt ?? draft.sentAt);
      const ended = pump({ ...draft, sentAt, sampleRate: stream.sampleRate }, key, stream, live, Date.now())
        .catch((thrown) => remember(request.id, toFault(thrown)))
        .finally(() => renders.end(request.id));
      renders.attach(request.id, live, ended);
      return {
        takeId: request.id,
        cached: false,
        sampleRate: stream.sampleRate,
        totalSamples: stream.totalSamples,
        read: () => live.read(),
      };
    } catch (thrown) {
      renders.end(request.id);
      const failure = render.signal.aborted
        ? fault('cancelled', 'You cancelled this take before any sound had come.')
        : thrown;
      remember(request.id, toFault(failure));
      throw failure;
    }
  }

  function open(takeId: string): StartedTake | null {
    const live = renders.live(takeId);
    if (live) {
      const { sampleRate, totalSamples } = live;
      return { takeId, cached: false, sampleRate, totalSamples, read: () => live.read() };
    }
    const take = parts.library().take(takeId);
    return take && take.samples > 0 ? fromDisk(take) : null;
  }

  return {
    quote,
    start,
    open,
    cancel: (takeId) => renders.cancel(takeId),
    outcome: (takeId) => outcomes.get(takeId) ?? null,
    get active() {
      return renders.size;
    },
    close: () => renders.close(),
  };
}
