import type { FaultError } from '../../../shared/errors.ts';
import type { CloneLimits } from '../../../shared/schemas/connection.ts';
import type { HttpClient, HttpRequest } from '../http/http-client.ts';
import type { Refusal } from '../http/http-fault.ts';
import type { Recording, SpeechRequest } from '../provider.ts';
import type { ListedVoice } from '../reading/voice-list.ts';

/** Kinds of Chatterbox server, by whose manner they speak. */
export const DIALECTS = ['rest', 'devnen', 'travisvn', 'openai', 'resemble'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** Which Chatterbox a server has loaded: it decides what its sliders do. */
export type ModelKind = 'original' | 'multilingual' | 'turbo' | 'unknown';

/** What Chatterbox shapes its expression by, in its servers’ words. */
export const EXPRESSIONS = ['exaggeration', 'cfg_weight', 'temperature'] as const;
export type ExpressionName = (typeof EXPRESSIONS)[number];

/** What is known of one server. */
export interface ServerFacts {
  dialect: DialectName;
  model: ModelKind;
  /** Its model is loaded. */
  ready: boolean;
  /** What it is doing or what is wrong, in words. */
  note: string;
  /** Language tags its model speaks; empty where it does not say. */
  languages: string[];
  /** Paralinguistic tags its model speaks. */
  tags: string[];
  /** Hz. */
  sampleRate: number;
  /** The server's own name of its model, where it must be asked by it. */
  modelId?: string | undefined;
  /** What its model honours, where the server says so itself; absent for what is known of the model. */
  honours?: readonly ExpressionName[] | undefined;
  /** Models it can be switched to; absent where it cannot. */
  choices?: readonly ModelKind[];
}

/** How a body of sound is to be read. */
export type SoundForm = 'file' | 'events';

/** A request as this kind of server wants it. */
export interface SpokenAs {
  http: Omit<HttpRequest, 'signal'>;
  form: SoundForm;
  /** The answer begins with the first of the sound, not when all of it is made. */
  soon: boolean;
  /** The seed that was sent; null where the server takes none. */
  seed: number | null;
}

/** How a kind of server is told other names of its voices. Which there are stands in its list of voices. */
export interface AliasCalls {
  /** @throws FaultError invalid, where the server takes no such name */
  check(alias: string): void;
  /**
   * Gives a voice a name more.
   * @param voice its own name, as the list of voices has it
   * @throws FaultError conflict where another voice has the name
   */
  add(client: HttpClient, voice: string, alias: string, signal: AbortSignal): Promise<void>;
  /** Takes it away. @throws FaultError unknown_voice where the voice or the name is not there */
  remove(client: HttpClient, voice: string, alias: string, signal: AbortSignal): Promise<void>;
}

/** How one kind of Chatterbox server wants to be spoken to. */
export interface Dialect {
  readonly name: DialectName;
  /** For a person. */
  readonly title: string;
  /**
   * Looks whether the server at an address is of this kind.
   * @returns null where it is of another kind
   * @throws FaultError where it cannot be reached or refuses the key
   */
  probe(client: HttpClient, signal: AbortSignal): Promise<ServerFacts | null>;
  voices(client: HttpClient, signal: AbortSignal): Promise<ListedVoice[]>;
  /** What to send. @param voice as {@link voices} named it */
  speak(request: SpeechRequest, facts: ServerFacts): SpokenAs;
  /** It answers in another voice where it does not know the one asked for, and says nothing of it. */
  readonly answersUnknownVoices?: true;
  /** A service of many machines: what was left unheard there keeps nobody waiting. */
  readonly hosted?: true;
  /** What a refusal means here; null for what its status means everywhere. */
  refusal?(refusal: Refusal): FaultError | null;
  /**
   * Whether the server has nothing to do. Asked after a request was left alone.
   * @param answersWhole whether it was seen to answer only when all sound was made; null where that is not known
   */
  isIdle?(client: HttpClient, signal: AbortSignal, answersWhole: boolean | null): Promise<AtWork>;
  /** What a recording must be to become a voice here; null where none is taken. */
  cloning?(facts: ServerFacts): CloneLimits | null;
  /**
   * Makes a voice of a recording that was checked already. A recording that is there under the name is left as it is.
   * @returns its id, as {@link voices} names it
   * @throws FaultError
   */
  upload?(client: HttpClient, recording: Recording, signal: AbortSignal): Promise<string>;
  /** Other names that its voices answer to; absent where it keeps none. */
  readonly aliases?: AliasCalls;
  /** Makes the server load another model, and resolves once it was told. @throws FaultError */
  loadModel?(client: HttpClient, model: ModelKind, signal: AbortSignal): Promise<void>;
}

/** Whether a server is at work. */
export interface AtWork {
  /** Null where it cannot say. */
  idle: boolean | null;
  /** What it is doing, in words; empty where it does not say. */
  note: string;
}
