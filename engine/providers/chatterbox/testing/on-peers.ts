import type { SpeakingPeer } from '../../../../e2e/peers/speaking-peer.ts';
import { type Fault, type FaultCode, toFault } from '../../../../shared/errors.ts';
import { decodeAudioFile } from '../../../import/importer.ts';
import type { Provider, SpeechRequest } from '../../provider.ts';
import { type ChatterboxOptions, createChatterboxProvider } from '../chatterbox-provider.ts';

const TEXT =
  'The first sentence is spoken at the beginning. The second one follows it after a while. And the third one ends the text.';

/** What a test asks where it does not say otherwise. */
export const REQUEST: SpeechRequest = {
  text: TEXT,
  voice: '',
  model: 'original',
  language: 'en',
  speed: 1,
  pitch: 0,
  volume: 0,
  emotion: { name: 'neutral', intensity: 0 },
  seed: 42,
  parameters: {},
};

export const never = () => new AbortController().signal;

/** What came of asking for a text. */
export interface Heard {
  seconds: number;
  samples: number[];
  seed: number | null;
  code: FaultCode | null;
  fault: Fault | null;
}

/** Peers and providers of one test, closed together. */
export class OnPeers {
  readonly #opened: { close(): Promise<void> }[] = [];
  /** Providers that are open now. */
  readonly providers = new Set<Provider>();

  async start<P extends SpeakingPeer>(peer: P): Promise<P> {
    await peer.start();
    this.#opened.push({ close: () => peer.stop() });
    return peer;
  }

  /** @param more what is not as usual */
  provider(peers: readonly { url: string }[], more: Partial<ChatterboxOptions> = {}): Provider {
    const provider = createChatterboxProvider({
      id: 'chatterbox',
      name: 'Chatterbox',
      addresses: peers.map((peer) => peer.url),
      key: null,
      dialect: null,
      decode: decodeAudioFile,
      onHealth: () => undefined,
      ...more,
    });
    this.#opened.push(provider);
    this.providers.add(provider);
    return provider;
  }

  /** Closes one before the others. */
  async close(one: Provider): Promise<void> {
    this.providers.delete(one);
    this.#opened.splice(this.#opened.indexOf(one), 1);
    await one.close();
  }

  async closeAll(): Promise<void> {
    for (const one of this.#opened.splice(0).reverse()) await one.close();
  }
}

/** Asks for a text and listens to its end: with the model that the provider names for the voice, unless told otherwise. */
export async function hear(provider: Provider, more: Partial<SpeechRequest>, signal = never()): Promise<Heard> {
  const samples: number[] = [];
  try {
    const voices = more.model === undefined ? await provider.voices(signal) : [];
    const known = voices.find(({ id }) => id === `${provider.id}:${more.voice}`)?.model;
    const model = known ?? voices[0]?.model ?? REQUEST.model;
    const stream = await provider.stream({ ...REQUEST, model, ...more }, signal);
    for await (const chunk of stream.chunks) for (const sample of chunk) samples.push(sample);
    return { seconds: samples.length / stream.sampleRate, samples, seed: stream.seed, code: null, fault: null };
  } catch (thrown) {
    const told = toFault(thrown);
    return { seconds: 0, samples, seed: null, code: told.code, fault: told };
  }
}
