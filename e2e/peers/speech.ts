import { EspeakEngine } from '../../engine/providers/builtin/espeak-engine.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';

/** Rate of Chatterbox’s sound in Hz. Source: resemble-ai/chatterbox, S3GEN_SR. */
export const PEER_RATE = 24_000;

/** How a peer's voice sounds: an eSpeak NG voice, so that every voice of a peer is told from every other by ear. */
export interface PeerVoice {
  /** Language of the eSpeak voice, for example `en-us`. */
  language: string;
  /** 0-99. */
  pitch: number;
  /** Words a minute. */
  rate: number;
}

/** Real speech for peers. It has a thread of its own, which is to be closed. */
export class PeerSpeech {
  readonly #espeak = new EspeakEngine(() => undefined);

  /**
   * Speaks a text: s16 at 24 kHz, one channel.
   * @param signal ends it early
   */
  async speak(text: string, voice: PeerVoice, signal: AbortSignal = new AbortController().signal): Promise<Int16Array> {
    const { sampleRate, voices } = await this.#espeak.voices();
    const found = voices.find(({ languages }) => languages.includes(voice.language)) ?? voices[0];
    const pieces: Int16Array[] = [];
    const utterance = { text, voice: found?.identifier ?? '', rate: voice.rate, pitch: voice.pitch, range: 50 };
    await this.#espeak.speak(utterance, signal, (samples) => pieces.push(Int16Array.from(samples)));
    const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return floatToS16(convertRate(await renderOffline(whole, sampleRate, NEUTRAL_STUDIO), PEER_RATE));
  }

  close(): Promise<void> {
    return this.#espeak.close();
  }
}
