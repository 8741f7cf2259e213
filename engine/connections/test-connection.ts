import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { type Fault, FaultError, toFault } from '../../shared/errors.ts';
import type { Connection, TestStep } from '../../shared/schemas/connection.ts';
import type { ProviderHealth, Voice } from '../../shared/schemas/voice.ts';
import { previewText } from '../../shared/text/preview-text.ts';
import { sanitiseText } from '../../shared/text/sanitise.ts';
import type { Provider } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import { prepareSpeech } from '../synthesis/prepare-speech.ts';

type StepName = TestStep['step'];

const STEPS: readonly StepName[] = ['probe', 'voices', 'speak'];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** What is wrong with a provider that does not work. */
function faultOf({ fault, note }: ProviderHealth): FaultError {
  return new FaultError(fault ?? { code: 'provider_fault', message: note });
}

/** The voice that is asked for the sentence: the connection's own, or the first that speaks English, or the first. */
function voiceFor({ defaultVoice }: Connection, voices: readonly Voice[]): Voice | undefined {
  return (
    voices.find(({ id }) => id === defaultVoice) ??
    voices.find(({ languages }) => languages[0]?.startsWith('en')) ??
    voices[0]
  );
}

/** Speaks a short sentence to its end. @returns what came of it, in words */
async function speak(registry: Registry, connection: Connection, signal: AbortSignal): Promise<string> {
  const known = await registry.known(signal);
  const voice = voiceFor(
    connection,
    known.voices.filter(({ provider }) => provider === connection.id),
  );
  if (!voice) {
    throw new FaultError({
      code: 'unknown_voice',
      message: `${connection.name} has no voices.`,
      todo: 'Add a voice to the server or account, for example by a recording, and refresh the list.',
    });
  }
  const found = await registry.resolve(voice.id, signal);
  const text = sanitiseText(previewText(voice.languages[0] ?? 'en', voice.name));
  const asked = performance.now();
  const stream = await found.provider.stream(prepareSpeech(found, text, NEUTRAL_SETTINGS).request, signal);
  let samples = 0;
  let first: number | null = null;
  for await (const chunk of stream.chunks) {
    first ??= performance.now() - asked;
    samples += chunk.length;
  }
  return `${voice.name}: first sound after ${Math.round(first ?? 0)} ms, ${seconds((1000 * samples) / stream.sampleRate)} of sound.`;
}

/**
 * Walks through a connection: looks for the provider, reads its voices, lets it speak a short sentence. A step that fails
 * ends the walk; those after it are skipped.
 */
export async function* testConnection(
  registry: Registry,
  { connection, provider }: { connection: Connection; provider: Provider },
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  const work: Record<StepName, () => Promise<string>> = {
    async probe() {
      const health = await provider.probe(signal);
      if (health.status === 'failed') throw faultOf(health);
      return health.note;
    },
    async voices() {
      const { lists } = await registry.refresh(signal, connection.id);
      const list = lists.find((one) => one.provider === connection.id);
      if (list?.fault) throw new FaultError(list.fault);
      return `${list?.voices ?? 0} ${list?.voices === 1 ? 'voice' : 'voices'}.`;
    },
    speak: () => speak(registry, connection, signal),
  };
  let failed = false;
  for (const step of STEPS) {
    if (signal.aborted) return;
    if (failed) {
      yield { step, state: 'skipped', ms: null, note: '', fault: null };
      continue;
    }
    yield { step, state: 'running', ms: null, note: '', fault: null };
    const began = performance.now();
    const ms = () => Math.round(performance.now() - began);
    try {
      const note = await work[step]();
      yield { step, state: 'done', ms: ms(), note, fault: null };
    } catch (thrown) {
      const why: Fault = toFault(thrown);
      failed = true;
      yield { step, state: 'failed', ms: ms(), note: '', fault: why };
    }
  }
}
