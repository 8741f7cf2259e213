import type { Emotion, ParameterValue } from '../../shared/controls/controls.ts';
import type {
  CloneLimits,
  Connection,
  ModelSwitch,
  ProviderKindAbout,
  ServerState,
} from '../../shared/schemas/connection.ts';
import type { PastSpeech, UsedVoices } from '../../shared/schemas/past-speech.ts';
import type { CharacterTimings } from '../../shared/schemas/take.ts';
import type { BlendRequest, Model, ProviderHealth, Voice } from '../../shared/schemas/voice.ts';

/** One text to be spoken, as a provider gets it: checked, sanitised, and with the controls already planned. */
export interface SpeechRequest {
  text: string;
  /** The provider's own id of the voice, without the `provider:` prefix. */
  voice: string;
  model: string;
  /** BCP 47 tag of the text, or null to take the voice's own. */
  language: string | null;
  /** Times normal. */
  speed: number;
  /** Semitones. */
  pitch: number;
  /** dB. */
  volume: number;
  emotion: Emotion;
  seed: number | null;
  parameters: Record<string, ParameterValue>;
}

/** Sound as it is made. */
export interface SpeechStream {
  /** Hz of the samples: s16, one channel. */
  sampleRate: number;
  /** Samples it will have in all; null where that is not known. */
  totalSamples: number | null;
  /** The request exactly as it was sent, without keys. */
  request: Record<string, unknown>;
  /** The seed really used; null where there is none. */
  seed: number | null;
  /** When its turn came and it was sent, in ms since the epoch; absent where it waited for nobody. */
  sentAt?: number;
  /** Pieces of sound in order. Throws a FaultError when it fails; ending normally means it is whole. */
  chunks: AsyncIterable<Int16Array>;
  /** Cost in the provider's currency; billed is null where it is not told. Read after the last chunk. */
  cost(): { estimated: number; billed: number | null; currency: string };
  /** What the provider told of its answer: ids, credits, requests at once. Read after the last chunk. */
  answer?(): Record<string, unknown>;
  /** When each character is heard, where that was asked for and told. Read after the last chunk. */
  timings?(): CharacterTimings | null;
}

/** A recording that is to become a voice. */
export interface Recording {
  /** What the voice is to be called. */
  name: string;
  bytes: Uint8Array;
  /** The file's ending without the dot. */
  type: string;
  /** Seconds. */
  seconds: number;
  /** BCP 47 tag; null where it was not asked for. */
  language: string | null;
}

/** Other names that a provider's voices answer to. They cost nothing. */
export interface VoiceAliases {
  /**
   * Those of a voice.
   * @param voice the provider's own id
   * @throws FaultError unknown_voice
   */
  list(voice: string, signal: AbortSignal): Promise<string[]>;
  /**
   * Gives a voice a name more, at all servers that have it or at none. One that it has already is left as it is.
   * @throws FaultError conflict, which says by what the name is taken; invalid, unknown_voice, unsupported
   */
  add(voice: string, alias: string, signal: AbortSignal): Promise<void>;
  /** Takes a name away from a voice, which may have lost it already. @throws FaultError which says where it stayed */
  remove(voice: string, alias: string, signal: AbortSignal): Promise<void>;
}

/** A speech provider. A new one is a folder of its own and one line in `providers/kinds.ts`. */
export interface Provider {
  /** The prefix of its voices' ids. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** How it is now, without starting anything that takes long. */
  health(): ProviderHealth;
  /** Looks whether it is there and works. Never throws: what is wrong stands in the health. */
  probe(signal: AbortSignal): Promise<ProviderHealth>;
  /** @param fresh asks the provider, whatever is known already @throws FaultError */
  voices(signal: AbortSignal, fresh?: boolean): Promise<Voice[]>;
  /** @param fresh asks the provider, whatever is known already @throws FaultError */
  models(signal: AbortSignal, fresh?: boolean): Promise<Model[]>;
  /**
   * Starts to speak. Resolves once it is certain that sound will come (its first piece is there), so that a refusal
   * is an answer with a status. Aborting the signal closes the connection or stops the worker.
   * @throws FaultError
   */
  stream(request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream>;
  /** Whether it bills what it speaks, also where `estimate` does not know how much. */
  readonly bills?: boolean;
  /**
   * What speaking so many characters with this model would cost; null where it costs nothing, or nobody knows.
   * @param voice the provider's own id: some voices cost more than others
   */
  estimate(model: string, characters: number, voice?: string): { amount: number; currency: string } | null;
  /** A recording of the voice that costs nothing to hear; null where there is none. */
  preview?(voice: string, signal: AbortSignal): Promise<SpeechStream | null>;
  /**
   * The voices that were spoken with, counted over what the provider remembers; only where it remembers. Costs nothing.
   * @throws FaultError
   */
  usedVoices?(signal: AbortSignal): Promise<UsedVoices>;
  /**
   * What was spoken with a voice, the newest first; only where the provider remembers. Costs nothing.
   * @param voice the provider's own id; one that it has no more may be remembered still
   * @param most how many at most
   * @throws FaultError
   */
  pastSpeech?(voice: string, most: number, signal: AbortSignal): Promise<PastSpeech[]>;
  /**
   * The sound of something that was spoken before. Costs nothing.
   * @param id of the past speech
   * @throws FaultError not_found where it was removed since
   */
  pastSound?(id: string, signal: AbortSignal): Promise<SpeechStream>;
  /** Gets ready what takes long to load, before it is asked to speak. Failures are told by `health`. */
  warm?(model: string, voice: string): Promise<void>;
  /** Makes a new voice of two; only where the provider can. */
  blend?(request: BlendRequest): Promise<Voice>;
  /** Removes a blended voice. */
  removeBlend?(voice: string): Promise<void>;
  /** Its addresses, and how each stands. */
  servers?(): ServerState[];
  /** What a recording must be to become a voice; null where none of its servers takes any. */
  cloning?(): CloneLimits | null;
  /**
   * Makes a voice of a recording, after the limits were checked.
   * @returns the provider's own id of the new voice
   * @throws FaultError
   */
  clone?(recording: Recording, signal: AbortSignal): Promise<string>;
  /** Other names of its voices; null where none of its servers keeps any. @throws FaultError where they cannot be asked */
  aliases?(signal: AbortSignal): Promise<VoiceAliases | null>;
  /** Models its servers can be switched to; null where they cannot. */
  modelSwitch?(): ModelSwitch | null;
  /** Loads another model. Resolves once it speaks. @throws FaultError */
  switchModel?(model: string, signal: AbortSignal): Promise<void>;
  /** Stops workers, closes connections. */
  close(): Promise<void>;
}

/** What a provider gets from the studio. */
export interface ProviderParts {
  /** Tells how it is, whenever that changes. */
  onHealth(health: ProviderHealth): void;
  /** Tells that its voices or models have changed. */
  onVoices(): void;
  /** Decodes a compressed file. @param name only for messages @throws FaultError bad_audio */
  decode(bytes: Uint8Array, name: string): Promise<{ samples: Int16Array; sampleRate: number }>;
}

/** A kind of provider that a person can set up. */
export interface ProviderKind {
  /** What Settings show of it. */
  readonly about: ProviderKindAbout;
  /** Environment variables that go before what was set in the app; the first that is set counts. */
  readonly environment: {
    addresses: readonly string[];
    key: readonly string[];
    voice: readonly string[];
    model: readonly string[];
  };
  /**
   * @param key null where there is none: only of a kind whose key is optional
   * @throws FaultError where this cannot be one, for example a key that no header can carry
   */
  create(connection: Connection, key: string | null, parts: ProviderParts): Provider;
}
