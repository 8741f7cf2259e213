import { type Fault, toFault } from '../../../shared/errors.ts';
import type { Model, ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import type { HttpLimits } from '../http/http-client.ts';
import type { Provider } from '../provider.ts';
import type { ReadSpeechOptions } from '../reading/read-speech.ts';
import type { ListedVoice } from '../reading/voice-list.ts';
import { withPauses } from '../speech/with-pauses.ts';
import { capabilitiesOf } from './capabilities.ts';
import { ChatterboxServer } from './chatterbox-server.ts';
import { speakChatterbox } from './chatterbox-speech.ts';
import type { DialectName, ModelKind, ServerFacts } from './dialect.ts';
import { ServerPool } from './server-pool.ts';

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
  decode: ReadSpeechOptions['decode'];
  onHealth(health: ProviderHealth): void;
  /** Told when its voices or models are others than they were. */
  onVoices?(): void;
}

const MODEL_NAMES: Readonly<Record<ModelKind, string>> = {
  original: 'Chatterbox',
  multilingual: 'Chatterbox Multilingual',
  turbo: 'Chatterbox Turbo',
  unknown: 'Chatterbox',
};

/** Chatterbox, on whatever servers a person runs. */
export function createChatterboxProvider(options: ChatterboxOptions): Provider {
  const { id, name, addresses, key, dialect, limits } = options;
  const servers = addresses.map(
    (address) => new ChatterboxServer({ address, key, dialect, ...(limits ? { limits } : {}) }),
  );
  const pool = new ServerPool(servers, {
    name,
    isIdle: async (server, signal) => (await server.found?.dialect.isIdle?.(server.client, signal)) ?? null,
  });
  let state: Pick<ProviderHealth, 'status' | 'latencyMs' | 'note'> = {
    status: 'idle',
    latencyMs: null,
    note: 'It was not asked yet.',
  };

  const health = (): ProviderHealth => ({ id, kind: 'chatterbox', name, ...state });
  function report(next: typeof state): ProviderHealth {
    state = next;
    options.onHealth(health());
    return health();
  }

  const failed = ({ message }: Fault) => report({ status: 'failed', latencyMs: null, note: message });

  /** Asks every server what it is; those that answer count. @throws what the first said, where none answers */
  async function find(signal: AbortSignal, fresh = false): Promise<ChatterboxServer[]> {
    const asked = await Promise.allSettled(servers.map((server) => server.find(signal, fresh)));
    const there = servers.filter((_, at) => asked[at]?.status === 'fulfilled');
    const first = asked.find((one) => one.status === 'rejected');
    if (there.length === 0 && first) throw first.reason;
    return there;
  }

  const factsOf = (server: ChatterboxServer): ServerFacts[] => (server.found ? [server.found.facts] : []);

  function voiceOf(voice: ListedVoice, facts: ServerFacts): Voice {
    const languages = voice.languages.length > 0 ? voice.languages : facts.languages;
    return {
      id: `${id}:${voice.id}`,
      provider: id,
      model: facts.model,
      name: voice.name,
      languages: languages.length > 0 ? languages : ['en'],
      accent: '',
      gender: 'unknown',
      description: voice.aliases.length > 0 ? `Also called ${voice.aliases.join(', ')}.` : '',
      experimental: false,
      blend: null,
    };
  }

  return {
    id,
    kind: 'chatterbox',
    name,
    health,
    async probe(signal) {
      const asked = performance.now();
      try {
        const there = await find(signal, true);
        const facts = there.flatMap(factsOf);
        const ready = facts.filter((one) => one.ready).length;
        const kinds = [...new Set(there.map(({ found }) => found?.dialect.title ?? ''))].join(', ');
        return report({
          status: ready > 0 ? 'ready' : 'loading',
          latencyMs: Math.round(performance.now() - asked),
          note:
            servers.length === 1
              ? `${kinds}. ${facts[0]?.note ?? ''}`.trim()
              : `${kinds}. ${ready} of ${servers.length} addresses are ready.`,
        });
      } catch (thrown) {
        return failed(toFault(thrown));
      }
    },
    async voices(signal) {
      const voices = new Map<string, Voice>();
      for (const server of await find(signal)) {
        for (const listed of await server.voices(signal)) {
          for (const facts of factsOf(server)) {
            const voice = voiceOf(listed, facts);
            if (!voices.has(voice.id)) voices.set(voice.id, voice);
          }
        }
      }
      return [...voices.values()];
    },
    async models(signal) {
      const models = new Map<string, Model>();
      for (const facts of (await find(signal)).flatMap(factsOf)) {
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
        return await withPauses(
          (part, stop) => speakChatterbox({ servers, pool, decode: options.decode }, part, stop),
          request,
          signal,
        );
      } catch (thrown) {
        const said = toFault(thrown);
        if (said.code === 'unreachable' || said.code === 'unauthorised') failed(said);
        throw thrown;
      }
    },
    estimate: () => null,
    async close() {
      await pool.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
