import { registerMp3Encoder } from '@mediabunny/mp3-encoder';
import { AudioSample, AudioSampleSource, BufferTarget, Mp3OutputFormat, Output } from 'mediabunny';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16, s16ToBytes } from '../../shared/sound/pcm.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';
import { PEER_RATE } from './speech.ts';

registerMp3Encoder();

/** An `output_format` the peer can make. */
export interface OutputFormat {
  name: string;
  codec: 'mp3' | 'pcm';
  /** Hz */
  rate: number;
  /** kbit/s; 0 for PCM */
  bitrate: number;
  contentType: string;
}

/** What is made where no format is asked for, and what previews are. */
export const USUAL_FORMAT: OutputFormat = {
  name: 'mp3_44100_128',
  codec: 'mp3',
  rate: 44_100,
  bitrate: 128,
  contentType: 'audio/mpeg',
};

/** @returns null for µ-law, A-law and Opus, which the peer does not make */
export function outputFormat(name: string): OutputFormat | null {
  const [codec, rate, bitrate = '0'] = name.split('_');
  if (codec !== 'mp3' && codec !== 'pcm') return null;
  const contentType = codec === 'mp3' ? 'audio/mpeg' : 'audio/pcm';
  return { name, codec, rate: Number(rate), bitrate: Number(bitrate), contentType };
}

/** Sounds one after the other. */
export function joinedSound(sounds: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of sounds) {
    whole.set(sound, at);
    at += sound.length;
  }
  return whole;
}

/** Bytes of a sound in a format: raw samples without a header, or MP3 frames. @param sound s16 at 24 kHz */
export async function encoded(sound: Int16Array, { codec, rate, bitrate }: OutputFormat): Promise<Uint8Array> {
  const samples = await atRate(sound, rate);
  return codec === 'pcm' ? s16ToBytes(samples) : await mp3(samples, rate, bitrate);
}

async function atRate(sound: Int16Array, rate: number): Promise<Int16Array> {
  if (rate === PEER_RATE || sound.length === 0) return sound;
  return floatToS16(convertRate(await renderOffline(sound, PEER_RATE, NEUTRAL_STUDIO), rate));
}

async function mp3(samples: Int16Array, sampleRate: number, bitrate: number): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp3OutputFormat({ xingHeader: false }), target });
  const source = new AudioSampleSource({ codec: 'mp3', bitrate: bitrate * 1000 });
  output.addAudioTrack(source);
  await output.start();
  const data = s16ToBytes(samples);
  const sample = new AudioSample({ data, format: 's16', numberOfChannels: 1, sampleRate, timestamp: 0 });
  await source.add(sample);
  sample.close();
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** When each character is spoken, in s from the start. */
export interface Alignment {
  characters: string[];
  character_start_times_seconds: number[];
  character_end_times_seconds: number[];
}

/** Characters in even steps over the sound that speaks them. @param from where that sound begins, in s */
export function alignmentOf(text: string, from: number, samples: number): Alignment {
  const characters = [...text];
  const step = samples / PEER_RATE / characters.length;
  const at = (index: number) => Math.round((from + index * step) * 1000) / 1000;
  return {
    characters,
    character_start_times_seconds: characters.map((_, index) => at(index)),
    character_end_times_seconds: characters.map((_, index) => at(index + 1)),
  };
}
