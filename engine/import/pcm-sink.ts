import { fault } from '../../shared/errors.ts';
import { sampleToS16 } from '../../shared/sound/pcm.ts';

/** Longest sound that can be brought in, in minutes. */
export const MOST_MINUTES = 60;
/** Most channels a file may have; they are mixed to one. */
export const MOST_CHANNELS = 8;

/** Takes decoded sound in piece by piece: mixes it to one channel, makes it s16, and holds it within the limit. */
export class PcmSink {
  readonly #pieces: Int16Array[] = [];
  #length = 0;
  #rate = 0;
  /** Channels that were mixed; 0 where all were the same. */
  #mixed = 0;
  #bad = 0;
  #clipped = 0;

  readonly #mostMinutes: number;

  /** @param mostMinutes longest sound it takes */
  constructor(mostMinutes = MOST_MINUTES) {
    this.#mostMinutes = mostMinutes;
  }

  get length(): number {
    return this.#length;
  }

  /** Hz; 0 before the first piece. */
  get sampleRate(): number {
    return this.#rate;
  }

  /**
   * Adds a piece.
   *
   * @param channels -1 to +1, one array for each channel, equally long
   * @throws FaultError bad_audio, unsupported, too_large
   */
  add(channels: readonly Float32Array[], sampleRate: number): void {
    const [first] = channels;
    if (!first || first.length === 0) return;
    if (channels.length > MOST_CHANNELS) {
      throw fault('unsupported', `The file has ${channels.length} channels; at most ${MOST_CHANNELS} can be read.`);
    }
    if (this.#rate !== 0 && sampleRate !== this.#rate) {
      throw fault('unsupported', 'The sample rate changes within the file.');
    }
    this.#rate = sampleRate;
    if (this.#length + first.length > this.#mostMinutes * 60 * sampleRate) {
      throw fault('too_large', `The file is longer than ${this.#mostMinutes} minutes.`, {
        todo: 'Cut it into shorter ones.',
      });
    }
    const piece = new Int16Array(first.length);
    for (let i = 0; i < piece.length; i += 1) {
      let sum = 0;
      for (const channel of channels) {
        sum += channel[i] ?? 0;
        if (channel !== first && channel[i] !== first[i]) this.#mixed = Math.max(this.#mixed, channels.length);
      }
      const sample = sum / channels.length;
      if (!Number.isFinite(sample)) this.#bad += 1;
      else if (sample > 1 || sample < -1) this.#clipped += 1;
      piece[i] = Number.isFinite(sample) ? sampleToS16(sample) : 0;
    }
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Everything in one piece. */
  samples(): Int16Array<ArrayBuffer> {
    const whole = new Int16Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** What was done to the sound that should be known. */
  notes(): string[] {
    const notes: string[] = [];
    if (this.#mixed > 0) notes.push(`Its ${this.#mixed} channels were mixed to one.`);
    if (this.#bad > 0) notes.push(`${this.#bad} samples were no numbers and became silence.`);
    if (this.#clipped > 0) notes.push(`${this.#clipped} samples were over full scale and were clipped.`);
    return notes;
  }
}
