import { randomInt } from 'node:crypto';
import type { Connection } from '../../../shared/schemas/connection.ts';
import { leave, onEnd } from '../patience/on-end.ts';
import { createPatience } from '../patience/patience.ts';
import type { Retrying } from '../patience/retrying.ts';
import type { Provider, ProviderParts, SpeechRequest, SpeechStream } from '../provider.ts';
import { AccountHealth } from './account-health.ts';
import type { StoredSettings } from './answers.ts';
import { ELEVENLABS_URL, ElevenLabsClient, type SpeechFacts } from './client.ts';
import { CreditRates } from './credit-rates.ts';
import { CREDITS, type ElevenLabsSpeechParts, groupOf, speakElevenLabs } from './elevenlabs-speech.ts';
import { KeptList } from './kept-list.ts';
import { Lists, lacksPermission } from './lists.ts';
import { mayAskForSpeechAgain } from './may-retry.ts';
import type { ModelFacts } from './models.ts';
import { inOneTake } from './one-take.ts';
import { pastSound } from './past-sound.ts';
import { pastSpeech, usedVoices } from './past-speech.ts';
import { previewSound } from './preview-sound.ts';
import { SoundFormats } from './sound-formats.ts';
import { StoredVoiceSettings } from './stored-settings.ts';

/** Texts that are spoken at once until an answer tells how many the plan allows: every plan allows two. */
const AT_ONCE_AT_FIRST = 2;
/** Times a text is asked for where too many are spoken: for about 15 s, in which one of them has ended. */
const TRIES = 6;
/** The account is not asked more often than this for what is left, in ms. */
const CREDITS_MS = 60_000;
/** One more than the greatest seed. */
const SEEDS = 2 ** 32;

export interface ElevenLabsOptions {
  connection: Pick<Connection, 'id' | 'name' | 'addresses' | 'defaultModel' | 'limits'>;
  key: string;
  parts: ProviderParts;
  /** How often and after how long something is asked for again. */
  retrying?: Omit<Retrying, 'mayRetry'>;
}

/**
 * ElevenLabs with one account. All costs are told in credits, which is what the account is billed in.
 *
 * @throws FaultError unauthorised, where the key is one that no header can carry
 */
export function createElevenLabsProvider({ connection, key, parts, retrying = {} }: ElevenLabsOptions): Provider {
  const { id, name, defaultModel } = connection;
  const { atOnce, ...limits } = connection.limits;
  const base = connection.addresses[0] ?? ELEVENLABS_URL;
  const client = new ElevenLabsClient({ key, base, limits, retrying });
  const stored = new StoredVoiceSettings(client);
  const lists = new Lists({ provider: id, client, stored, defaultModel });
  const health = new AccountHealth({ id, kind: 'elevenlabs', name }, parts.onHealth);
  const rates = new CreditRates();
  const past = { client, provider: id };
  const used = new KeptList((signal) => usedVoices(past, signal));
  const closing = new AbortController();
  const patience = createPatience({
    name: 'ElevenLabs',
    atOnce: Math.min(atOnce ?? AT_ONCE_AT_FIRST, AT_ONCE_AT_FIRST),
    mayRetry: mayAskForSpeechAgain,
    tries: TRIES,
    ...retrying,
  });
  /** When the account was last asked what is left, as `Date.now()`. */
  let askedAt = 0;

  const speech: ElevenLabsSpeechParts = {
    client,
    patience,
    formats: new SoundFormats(),
    rates,
    decode: parts.decode,
    onAccepted({ credits, mostRunning }: SpeechFacts, facts: ModelFacts) {
      if (mostRunning !== null && mostRunning >= 1) {
        patience.allow(Math.min(atOnce ?? mostRunning, mostRunning), groupOf(facts));
      }
      if (credits !== null) health.spent(credits);
    },
  };

  /** What is kept with a voice; null where the key may not read it, or it cannot be read now. */
  async function settingsOf(voice: string, signal: AbortSignal): Promise<StoredSettings | null> {
    try {
      return await stored.get(voice, signal);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      // Then the voice speaks as it is kept: only what was set by hand is sent.
      return null;
    }
  }

  async function speak(request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream> {
    const { voice } = request;
    const facts = lists.facts(request.model);
    const speaking = { facts, stored: await settingsOf(voice, signal), rate: lists.known(voice)?.rate ?? 1 };
    // All parts of a take are spoken with one seed, which is kept, so that the take can be made again.
    const seeded = { ...request, seed: request.seed ?? randomInt(SEEDS) };
    const stream = await inOneTake(
      (part, stop) => speakElevenLabs(speech, part, speaking, stop),
      seeded,
      facts.stitches,
      signal,
    );
    return { ...stream, chunks: onEnd(told(stream.chunks), () => leave(stream.chunks)) };
  }

  /** The sound, with what became of it told. */
  async function* told(chunks: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
    try {
      yield* chunks;
      health.well();
      lookAfterCredits();
    } catch (thrown) {
      health.failed(thrown);
      throw thrown;
    }
  }

  async function readSubscription(signal: AbortSignal, lagging: boolean): Promise<string> {
    askedAt = Date.now();
    const subscription = await client.subscription(signal);
    health.told(subscription, lagging);
    return subscription.tier === null ? 'The key works.' : `The key works. Plan: ${subscription.tier}.`;
  }

  /** Asks for what is left, at most once a minute: asking often is refused, and the account counts minutes behind. */
  function lookAfterCredits(): void {
    if (Date.now() - askedAt < CREDITS_MS) return;
    void readSubscription(closing.signal, true).catch(() => undefined);
  }

  /** Whether the key works, and in words what can be read with it. @throws FaultError */
  async function look(signal: AbortSignal): Promise<string> {
    try {
      return await readSubscription(signal, false);
    } catch (thrown) {
      if (!lacksPermission(thrown)) throw thrown;
      try {
        await client.models(signal);
      } catch (other) {
        // A key may be good for nothing but speech.
        if (!lacksPermission(other)) throw other;
      }
      return 'The key works. It is not allowed to read how many credits are left.';
    }
  }

  const failing = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (thrown) {
      health.failed(thrown);
      throw thrown;
    }
  };

  /** A key that may not read the history is good for all the rest. */
  const remembering = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (thrown) {
      if (!lacksPermission(thrown)) health.failed(thrown);
      throw thrown;
    }
  };

  return {
    id,
    kind: 'elevenlabs',
    name,
    bills: true,
    health: () => health.now(),
    async probe(signal) {
      const asked = performance.now();
      try {
        const note = await look(signal);
        patience.reached();
        return health.ready(Math.round(performance.now() - asked), note);
      } catch (thrown) {
        return health.failed(thrown);
      }
    },
    voices: (signal, fresh = false) => failing(lists.voices(signal, fresh)),
    models: (signal, fresh = false) => failing(lists.models(signal, fresh)),
    stream: (request, signal) => failing(speak(request, signal)),
    estimate(model, characters, voice) {
      const rate = voice === undefined ? 1 : (lists.known(voice)?.rate ?? 1);
      const amount = rates.estimate(lists.facts(model), characters, rate);
      return amount === null ? null : { amount, currency: CREDITS };
    },
    async preview(voice, signal) {
      const address = await lists.preview(voice, signal);
      return address === null ? null : await previewSound(address, client.base, parts.decode, signal);
    },
    // Read anew each time; who asks meanwhile shares the answer.
    usedVoices: (signal) => remembering(used.get(signal, true)),
    pastSpeech: (voice, most, signal) => remembering(pastSpeech(past, voice, most, signal)),
    pastSound: (item, signal) => remembering(pastSound(client, item, parts.decode, signal)),
    async warm(_, voice) {
      if (await stored.refresh(voice, closing.signal)) parts.onVoices();
    },
    async close() {
      closing.abort();
      lists.close();
      stored.close();
      used.close();
      await client.close();
    },
  };
}
