import {
  createElevenLabsPeer,
  type ElevenLabsOptions,
  type ElevenLabsPeer,
  PEER_KEY,
} from '../../../../e2e/peers/elevenlabs.ts';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import { type Connection, USUAL_CONNECTION_LIMITS } from '../../../../shared/schemas/connection.ts';
import type { ProviderHealth } from '../../../../shared/schemas/voice.ts';
import { decodeAudioFile } from '../../../import/importer.ts';
import type { Provider, SpeechRequest, SpeechStream } from '../../provider.ts';
import { createElevenLabsProvider } from '../elevenlabs-provider.ts';

export const RACHEL = '21m00Tcm4TlvDq8ikWAM';
export const LENA = 'LibraryVoice00000001';
export const CLONE = 'Clone000000000000001';
export const TEXT = 'The first move is what sets everything in motion. Then it goes on.';

/** What a test asks where it does not say otherwise. */
export const REQUEST: SpeechRequest = {
  text: TEXT,
  voice: RACHEL,
  model: 'eleven_flash_v2_5',
  language: 'en',
  speed: 1,
  pitch: 0,
  volume: 0,
  emotion: { name: 'neutral', intensity: 0 },
  seed: 1,
  parameters: {},
};

export const never = () => new AbortController().signal;

/** A provider with what it told of itself. */
export interface Watched {
  provider: Provider;
  healths: ProviderHealth[];
  /** How often it told that its voices have changed. */
  changes(): number;
}

export interface Connecting {
  key?: string;
  id?: string;
  defaultModel?: string | null;
  limits?: Partial<Connection['limits']>;
  /** The first wait before something is asked for again, in ms: by default tests wait for nobody. */
  firstWaitMs?: number;
}

/** Peers and providers of one test, closed together. */
export class WithPeer {
  readonly #opened: { close(): Promise<void> }[] = [];

  async peer(options: ElevenLabsOptions = {}): Promise<ElevenLabsPeer> {
    const peer = createElevenLabsPeer(options);
    await peer.start();
    this.#opened.push({ close: () => peer.stop() });
    return peer;
  }

  provider(
    { url }: { url: string },
    { key = PEER_KEY, id = 'elevenlabs', defaultModel = null, limits, firstWaitMs = 20 }: Connecting = {},
  ) {
    const healths: ProviderHealth[] = [];
    let changes = 0;
    const provider = createElevenLabsProvider({
      connection: {
        id,
        name: 'ElevenLabs',
        addresses: [url],
        defaultModel,
        limits: { ...USUAL_CONNECTION_LIMITS, ...limits },
      },
      key,
      parts: {
        onHealth: (health) => healths.push(health),
        onVoices: () => {
          changes += 1;
        },
        decode: decodeAudioFile,
      },
      retrying: { firstWaitMs },
    });
    this.#opened.push(provider);
    const watched: Watched = { provider, healths, changes: () => changes };
    return watched;
  }

  also(one: { close(): Promise<void> }): void {
    this.#opened.push(one);
  }

  async close(): Promise<void> {
    for (const one of this.#opened.splice(0).reverse()) await one.close();
  }
}

export interface Heard {
  samples: Int16Array;
  seconds: number;
  stream: SpeechStream | null;
  fault: Fault | null;
}

/** Asks for a text and listens to its end. */
export async function hear(provider: Provider, more: Partial<SpeechRequest> = {}, signal = never()): Promise<Heard> {
  const samples: number[] = [];
  let stream: SpeechStream | null = null;
  let failure: Fault | null = null;
  try {
    stream = await provider.stream({ ...REQUEST, ...more }, signal);
    for await (const chunk of stream.chunks) for (const sample of chunk) samples.push(sample);
  } catch (thrown) {
    failure = toFault(thrown);
  }
  const seconds = stream ? samples.length / stream.sampleRate : 0;
  return { samples: Int16Array.from(samples), seconds, stream, fault: failure };
}
