import { toFault } from '../../../shared/errors.ts';
import type { Model, ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import type { HttpLimits } from '../http/http-client.ts';
import { redactor, withoutSecrets } from '../http/secrets.ts';
import { leave, onEnd } from '../patience/on-end.ts';
import type { Provider, SpeechStream } from '../provider.ts';
import type { ReadSpeechOptions } from '../reading/read-speech.ts';
import { withPauses } from '../speech/with-pauses.ts';
import { capabilitiesOf } from './capabilities.ts';
import { speakChatterbox } from './chatterbox-speech.ts';
import { cloneVoice, cloningAt } from './clone-voice.ts';
import type { DialectName } from './dialect.ts';
import { MODEL_NAMES } from './model-names.ts';
import { HealthKeeper } from './provider-health.ts';
import { ServerFleet, type VoiceThere } from './server-fleet.ts';
import { modelSwitchAt, switchModels } from './switch-model.ts';
import { aliasesAt } from './voice-aliases.ts';

export interface ChatterboxOptions {
  /** The prefix of its voices' ids. */
  id: string;
  /** For a person. */
  name: string;
  /** Where its servers are; they share the load. */
  addresses: readonly string[];
  /** Sent as Bearer; null where there is none. */
  key: string | null;
  /** The kind of server a person chose; null to find out. */
  dialect: DialectName | null;
  limits?: Partial<HttpLimits>;
  /** At most so many of the addresses speak at once; null for all. */
  atOnce?: number | null;
  /** Where speech is asked for; by default at the same address, but for Resemble’s own service. */
  speechAddress?(address: string): string;
  decode: ReadSpeechOptions['decode'];
  onHealth(health: ProviderHealth): void;
  /** Told when its voices or models are others than they were. */
  onVoices?(): void;
}

/** A model's languages come in the order of their codes, and a voice of a language of its own would say so. */
const englishFirst = (languages: readonly string[]) => [
  ...languages.filter((tag) => tag.startsWith('en')),
  ...languages.filter((tag) => !tag.startsWith('en')),
];

/** Chatterbox, on whatever servers a person runs. */
export function createChatterboxProvider(options: ChatterboxOptions): Provider {
  const { id, name, addresses, key, dialect, limits, atOnce = null, speechAddress } = options;
  const changed = () => options.onVoices?.();
  const fleet = new ServerFleet({
    name,
    addresses,
    key,
    dialect,
    ...(limits ? { limits } : {}),
    atOnce,
    speechAddress,
    onChange: changed,
  });
  const { servers } = fleet;
  const health = new HealthKeeper({ id, kind: 'chatterbox', name }, options.onHealth);

  /** What the servers are and how they stand, in words. */
  function noteOf(): string {
    const found = servers.flatMap((server) => (server.found ? [server.found] : []));
    const kinds = [...new Set(found.map(({ dialect }) => dialect.title))].join(', ');
    if (servers.length === 1) return `${kinds}. ${found[0]?.facts.note ?? ''}`.trim();
    const ready = servers.filter((server) => server.found?.facts.ready && !server.gone).length;
    return `${kinds}. ${ready} of ${servers.length} addresses are ready. ${fleet.troubles()}`.trim();
  }

  function voiceOf({ listed, facts }: VoiceThere): Voice {
    const languages = listed.languages.length > 0 ? listed.languages : englishFirst(facts.languages);
    return {
      id: `${id}:${listed.id}`,
      provider: id,
      model: facts.model,
      name: listed.name,
      languages: languages.length > 0 ? languages : ['en'],
      accent: '',
      gender: 'unknown',
      description: listed.aliases.length > 0 ? `Also called ${listed.aliases.join(', ')}.` : '',
      experimental: false,
      blend: null,
    };
  }

  const redact = redactor(key === null ? [] : [key]);
  /** What was thrown, told, and without the key: what stands where sound should be may say it back. */
  function failedWith(thrown: unknown): unknown {
    const clean = withoutSecrets(thrown, redact);
    health.failed(toFault(clean));
    return clean;
  }

  /** The sound, with what became of it told. */
  function told(stream: SpeechStream): SpeechStream {
    async function* chunks() {
      try {
        yield* stream.chunks;
        health.well(noteOf());
      } catch (thrown) {
        throw failedWith(thrown);
      }
    }
    return { ...stream, chunks: onEnd(chunks(), () => leave(stream.chunks)) };
  }

  return {
    id,
    kind: 'chatterbox',
    name,
    health: () => health.now(),
    async probe(signal) {
      const asked = performance.now();
      try {
        const ready = (await fleet.facts(signal, true)).some((facts) => facts.ready);
        const latencyMs = Math.round(performance.now() - asked);
        return health.report({ status: ready ? 'ready' : 'loading', latencyMs, note: noteOf() });
      } catch (thrown) {
        return health.failed(toFault(thrown));
      }
    },
    async voices(signal, fresh = false) {
      const voices = new Map<string, Voice>();
      const listed = await fleet.voices(signal, fresh).catch((thrown) => {
        health.failed(toFault(thrown));
        throw thrown;
      });
      for (const there of listed) {
        const voice = voiceOf(there);
        const known = voices.get(voice.id);
        if (!known) voices.set(voice.id, voice);
        else if (!(known.models ?? [known.model]).includes(voice.model)) {
          // Servers of one list may have loaded different models.
          known.models = [...(known.models ?? [known.model]), voice.model];
        }
      }
      return [...voices.values()];
    },
    async models(signal, fresh = false) {
      const models = new Map<string, Model>();
      for (const facts of await fleet.facts(signal, fresh)) {
        if (models.has(facts.model)) continue;
        models.set(facts.model, {
          id: facts.model,
          provider: id,
          name: MODEL_NAMES[facts.model],
          description: facts.note,
          capabilities: capabilitiesOf(facts),
          sampleRate: facts.sampleRate,
        });
      }
      return [...models.values()];
    },
    async stream(request, signal) {
      try {
        const parts = { fleet, decode: options.decode };
        return told(await withPauses((part, stop) => speakChatterbox(parts, part, stop), request, signal));
      } catch (thrown) {
        throw failedWith(thrown);
      }
    },
    servers: () => fleet.states(),
    cloning: () => cloningAt(servers),
    async clone(recording, signal) {
      try {
        return await cloneVoice(servers, recording, signal);
      } finally {
        // Also where some of the servers have it and some have not.
        changed();
      }
    },
    aliases: (signal) => aliasesAt(servers, changed, signal),
    modelSwitch: () => modelSwitchAt(servers),
    async switchModel(model, signal) {
      health.report({ status: 'loading', latencyMs: health.now().latencyMs, note: 'Another model is being loaded.' });
      try {
        await switchModels(fleet, model, signal);
        health.well(noteOf());
      } catch (thrown) {
        const failure = toFault(thrown);
        if (failure.code === 'unknown_model' || failure.code === 'cancelled') health.well(noteOf());
        else health.failed(failure);
        throw thrown;
      } finally {
        changed();
      }
    },
    estimate: () => null,
    close: () => fleet.close(),
  };
}
