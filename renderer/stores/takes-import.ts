import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import { MAX_TEXT_CHARACTERS, type Take } from '../../shared/schemas/take.ts';
import { useProjects } from './projects.ts';
import { importTake } from './takes-calls.ts';

/** One audio file on its way into the library. */
export interface ImportEntry {
  key: string;
  file: File;
  /** What is spoken in it, if known. */
  text: string;
  state: 'waiting' | 'reading' | 'done' | 'failed';
  fault: Fault | null;
}

interface Imports {
  entries: ImportEntry[];
  running: boolean;
  /** Offers files; nothing is read before `start`. */
  offer: (files: File[]) => Promise<void>;
  setText: (key: string, text: string) => void;
  leaveOut: (key: string) => void;
  /** Brings the waiting files in, one after the other. A file that fails does not stop the rest. */
  start: (onTake: (take: Take) => void) => Promise<void>;
  /** Stops after what is done; what has been brought in stays. Closes the list. */
  close: () => void;
}

const AUDIO = /\.(wav|wave|mp3|flac|ogg|oga|opus|m4a|mp4|aac|webm|aif|aiff)$/i;

/** A file's name without its ending. */
export function stem(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}

/** Whether a file looks like one that can be brought in as a take. */
export function isAudioFile(file: Pick<File, 'name' | 'type'>): boolean {
  return file.type.startsWith('audio/') || AUDIO.test(file.name);
}

/** Audio files, each with the text of a same-named .txt that came along with it. */
export async function pairTexts(files: readonly File[]): Promise<{ file: File; text: string }[]> {
  const texts = new Map<string, string>();
  for (const file of files) {
    if (/\.txt$/i.test(file.name)) texts.set(stem(file.name), (await file.text()).trim().slice(0, MAX_TEXT_CHARACTERS));
  }
  return files.filter(isAudioFile).map((file) => ({ file, text: texts.get(stem(file.name)) ?? '' }));
}

export const useImports = create<Imports>()((set, get) => {
  let stop = new AbortController();

  function change(key: string, to: Partial<ImportEntry>): void {
    set({ entries: get().entries.map((entry) => (entry.key === key ? { ...entry, ...to } : entry)) });
  }

  return {
    entries: [],
    running: false,

    offer: async (files) => {
      const pairs = await pairTexts(files);
      const fresh = pairs.map(({ file, text }): ImportEntry => {
        return { key: crypto.randomUUID(), file, text, state: 'waiting', fault: null };
      });
      set({ entries: [...get().entries, ...fresh] });
    },

    setText: (key, text) => change(key, { text }),

    leaveOut: (key) => set({ entries: get().entries.filter((entry) => entry.key !== key) }),

    start: async (onTake) => {
      const projectId = useProjects.getState().currentId;
      if (projectId === null || get().running) return;
      stop = new AbortController();
      const { signal } = stop;
      set({ running: true });
      for (const { key, file, text, state } of get().entries) {
        if (state === 'done' || signal.aborted) continue;
        change(key, { state: 'reading', fault: null });
        try {
          const take = await importTake(file, { projectId, name: stem(file.name), text }, signal);
          change(key, { state: 'done' });
          onTake(take);
        } catch (thrown) {
          change(key, { state: 'failed', fault: toFault(thrown) });
        }
      }
      // A list that was closed says nothing any more: the next one may be under way.
      if (!signal.aborted) set({ running: false });
    },

    close: () => {
      stop.abort();
      set({ entries: [], running: false });
    },
  };
});

/** Offers audio files to be brought in as takes: a dialog asks for their texts first. */
export function importFiles(files: File[]): Promise<void> {
  return useImports.getState().offer(files);
}
