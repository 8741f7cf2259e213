import type { Settings } from '../../shared/controls/controls.ts';
import { type Fault, type FaultCode, FaultError, toFault } from '../../shared/errors.ts';
import type { VoiceRef } from '../../shared/schemas/connection.ts';
import type { AnsweredBy } from '../../shared/schemas/take.ts';
import type { CleanText } from '../../shared/text/sanitise.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { SpeechStream } from '../providers/provider.ts';
import type { Registry, ResolvedVoice } from '../providers/registry.ts';
import { type PreparedSpeech, prepareSpeech } from './prepare-speech.ts';

/** Another voice speaks only where the provider cannot: what is wrong with the request itself is told instead. */
const CANNOT: ReadonlySet<FaultCode> = new Set([
  'unreachable',
  'busy',
  'unauthorised',
  'no_credit',
  'rate_limited',
  'cut_short',
  'bad_audio',
  'provider_fault',
]);

/** Who speaks where a voice cannot; null for nobody. */
export type FallbackOf = (provider: string, voiceId: string) => VoiceRef | null;

/** Sound that has begun, and who makes it. */
export interface Spoken {
  found: ResolvedVoice;
  prepared: PreparedSpeech;
  stream: SpeechStream;
  /** Null where the voice that was asked for speaks. */
  answeredBy: AnsweredBy | null;
}

export interface SpeakParts {
  registry: Registry;
  fallbackOf: FallbackOf;
}

/** What is asked for, in any voice. */
export interface Wanted {
  clean: CleanText;
  settings: Settings;
}

/**
 * Speaks with a voice.
 *
 * @throws FaultError what the provider says
 */
export async function speakAs(found: ResolvedVoice, prepared: PreparedSpeech, signal: AbortSignal): Promise<Spoken> {
  return { found, prepared, stream: await found.provider.stream(prepared.request, signal), answeredBy: null };
}

/**
 * Speaks with the voice that a person named for where another one cannot. Never with a third one.
 *
 * @param why the other one could not
 * @throws FaultError why the other one could not, where nobody is named, or where this one cannot either
 */
export async function speakInstead(
  { registry, fallbackOf }: SpeakParts,
  asked: string,
  why: unknown,
  { clean, settings }: Wanted,
  signal: AbortSignal,
): Promise<Spoken> {
  const first = toFault(why);
  const other = CANNOT.has(first.code) ? fallbackOf(voiceIdParts(asked).provider, asked) : null;
  if (other === null || other.voiceId === asked || signal.aborted) throw why;
  try {
    const found = await registry.resolve(other.voiceId, signal, other.modelId);
    const spoken = await speakAs(found, prepareSpeech(found, clean, settings), signal);
    const { provider, voice, model } = found;
    const answeredBy: AnsweredBy = {
      provider: provider.id,
      voiceId: voice.id,
      voiceName: voice.name,
      model: model.id,
      why: first,
    };
    return { ...spoken, answeredBy };
  } catch (thrown) {
    throw new FaultError(bothFailed(first, other, toFault(thrown)));
  }
}

function bothFailed(first: Fault, { voiceId, voiceName }: VoiceRef, second: Fault): Fault {
  const words = `“${voiceName || voiceId}”, which was to speak instead, could not either: ${second.message}`;
  return { ...first, said: first.said === undefined ? words : `${first.said} ${words}` };
}
