declare module '@echogarden/espeak-ng-emscripten' {
  export interface ESpeakNGWorker {
    set_voice(name: string, language?: string, gender?: number, age?: number, variant?: number): number;
    get_samplerate(): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    set_range(range: number): void;
    list_voices(): { name: string; identifier: string; languages: { priority: number; name: string }[] }[];
    /** Calls back with pieces of s16 sound and events; true ends it. */
    synthesize(text: string, callback: (samples: Int16Array, events: unknown[]) => boolean): void;
    synthesize_ipa(text: string): { code: number; ipa: string };
  }
  export interface ESpeakNGModule {
    eSpeakNGWorker: new () => ESpeakNGWorker;
  }
  export default function load(options?: object): Promise<ESpeakNGModule>;
}
