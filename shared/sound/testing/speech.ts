// Speech for tests: eSpeak NG, which says the same text the same way every time.

interface SpeechWorker {
  set_voice(name: string, language: string, gender: number, age: number, variant: number): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  get_samplerate(): number;
  synthesize(text: string, take: (audio: ArrayBuffer | null, events: readonly SpeechEvent[]) => boolean): void;
}

/** What eSpeak NG tells beside the sound. */
interface SpeechEvent {
  type: string;
  /** Place of the character in the text, from 1. */
  text_position: number;
  /** ms from the beginning of the sound. */
  audio_position: number;
}

/** A word, and when it begins. */
export interface SpokenWord {
  /** Index of its first character. */
  at: number;
  /** Seconds. */
  time: number;
}

/** Not a literal, so that the type checker does not look for types the package does not have. */
const PACKAGE: string = '@echogarden/espeak-ng-emscripten';

export const TEST_SENTENCE = 'The quick brown fox jumps over the lazy dog, while seven wizards make toast.';

/**
 * Speaks a text.
 *
 * @param options `pitch` 0-99, `rate` words per minute, `gender` 1 male 2 female, `variant` from 0
 * @returns s16, one channel, 22,050 Hz, and when its words begin, as the engine has it
 */
export async function testSpeech(
  text = TEST_SENTENCE,
  options: { voice?: string; pitch?: number; rate?: number; gender?: number; variant?: number } = {},
): Promise<{ samples: Int16Array; sampleRate: number; words: SpokenWord[] }> {
  const { default: load }: { default: (options: object) => Promise<{ eSpeakNGWorker: new () => SpeechWorker }> } =
    await import(PACKAGE);
  const worker = new (await load({})).eSpeakNGWorker();
  worker.set_voice(options.voice ?? 'en-us', '', options.gender ?? 0, 0, options.variant ?? 0);
  worker.set_rate(options.rate ?? 175);
  worker.set_pitch(options.pitch ?? 50);
  const pieces: Int16Array[] = [];
  const words: SpokenWord[] = [];
  worker.synthesize(text, (audio, events) => {
    for (const { type, text_position, audio_position } of events) {
      if (type === 'word') words.push({ at: text_position - 1, time: audio_position / 1000 });
    }
    if (audio) pieces.push(new Int16Array(audio.slice(0)));
    return false;
  });
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, sampleRate: worker.get_samplerate(), words };
}

/** The same sound at another rate by straight lines between samples: good enough to test meters with. */
export function atRate(samples: Float32Array, from: number, to: number): Float32Array {
  const out = new Float32Array(Math.floor((samples.length * to) / from));
  for (let i = 0; i < out.length; i += 1) {
    const place = (i * from) / to;
    const left = Math.floor(place);
    const a = samples[left] ?? 0;
    out[i] = a + (place - left) * ((samples[left + 1] ?? a) - a);
  }
  return out;
}

/** A sine. `level` in dBFS of its peak, frequency in Hz, phase in radians. */
export function sine(seconds: number, sampleRate: number, frequency: number, level: number, phase = 0): Float32Array {
  const amplitude = 10 ** (level / 20);
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) =>
    Math.fround(amplitude * Math.sin(phase + (2 * Math.PI * frequency * i) / sampleRate)),
  );
}

/** Pieces one after the other. */
export function joined(...pieces: Float32Array[]): Float32Array {
  const out = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
