declare module '@echogarden/espeak-ng-emscripten' {
  /** What is told beside the sound. */
  export interface ESpeakNGEvent {
    type: string;
    /** Place of the character in the text, in code points from 1. */
    text_position: number;
    /** ms from the beginning of the sound. */
    audio_position: number;
    /** IPA of a phoneme, or the number of a word. */
    id?: string | number;
  }
  export interface ESpeakNGWorker {
    set_voice(name: string, language?: string, gender?: number, age?: number, variant?: number): number;
    get_samplerate(): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    set_range(range: number): void;
    list_voices(): { name: string; identifier: string; languages: { priority: number; name: string }[] }[];
    /** Calls back with pieces of s16 sound and events; true ends it. */
    synthesize(text: string, callback: (samples: Int16Array, events: ESpeakNGEvent[]) => boolean): void;
    synthesize_ipa(text: string): { code: number; ipa: string };
  }
  export interface ESpeakNGModule {
    eSpeakNGWorker: new () => ESpeakNGWorker;
  }
  export default function load(options?: object): Promise<ESpeakNGModule>;
}
