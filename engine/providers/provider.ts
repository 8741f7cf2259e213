import type { Emotion, ParameterValue } from '../../shared/controls/controls.ts';
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
  /** Pieces of sound in order. Throws a FaultError when it fails; ending normally means it is whole. */
  chunks: AsyncIterable<Int16Array>;
  /** Cost in the provider's currency; billed is null where it is not told. Read after the last chunk. */
  cost(): { estimated: number; billed: number | null; currency: string };
}

/** A speech provider. A new one is a folder of its own and one line in `providers/registry.ts`. */
export interface Provider {
  /** The prefix of its voices' ids. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** How it is now, without starting anything that takes long. */
  health(): ProviderHealth;
  /** Looks whether it is there and works. */
  probe(signal: AbortSignal): Promise<ProviderHealth>;
  voices(signal: AbortSignal): Promise<Voice[]>;
  models(signal: AbortSignal): Promise<Model[]>;
  /**
   * Starts to speak. Resolves once it is certain that sound will come (its first piece is there), so that a refusal
   * is an answer with a status. Aborting the signal closes the connection or stops the worker.
   * @throws FaultError
   */
  stream(request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream>;
  /** What speaking so many characters with this model would cost; null where it costs nothing. */
  estimate(model: string, characters: number): { amount: number; currency: string } | null;
  /** Gets a model ready that takes long to load, before it is asked to speak. Failures are told by `health`. */
  warm?(model: string): Promise<void>;
  /** Makes a new voice of two; only where the provider can. */
  blend?(request: BlendRequest): Promise<Voice>;
  /** Removes a blended voice. */
  removeBlend?(voice: string): Promise<void>;
  /** Stops workers, closes connections. */
  close(): Promise<void>;
}
