import { posix } from 'node:path';
import { PREDEFINED, REFERENCES } from './devnen-facts.ts';
import { type NamedVoice, numberedVoice, recordedVoice } from './peer-voices.ts';
import { wavSeconds } from './sound-framing.ts';

/** Longest recording to clone a voice from, in seconds. Source: config.yaml, max_reference_duration_sec. */
const LONGEST_REFERENCE = 30;

/** A recording on the server's disk. */
export interface Recording {
  voice: NamedVoice;
  /** Seconds; null where it was not measured. */
  seconds: number | null;
}

export type DevnenFolder = 'voices' | 'reference_audio';

/** What the server makes of a file's name. */
const safeName = (name: string) => posix.basename(name).replace(/[^\w.-]+/gu, '_');

/** The two folders of recordings of a devnen server. */
export class DevnenVoices {
  readonly #files = new Map<string, Recording>();

  constructor() {
    PREDEFINED.forEach((name, i) => {
      this.#files.set(`voices/${name}`, { voice: numberedVoice(name, i), seconds: 9 });
    });
    REFERENCES.forEach((name, i) => {
      this.#files.set(`reference_audio/${name}`, { voice: numberedVoice(name, PREDEFINED.length + i), seconds: 9 });
    });
  }

  names(folder: DevnenFolder): string[] {
    return [...this.#files.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1))
      .sort();
  }

  /** A recording by its name as the server looks it up, which does not mind `..` in it. */
  find(folder: DevnenFolder, name: string): Recording | undefined {
    return this.#files.get(posix.normalize(`${folder}/${name}`));
  }

  predefined(): { display_name: string; filename: string }[] {
    return this.names('voices').map((filename) => ({
      display_name: filename.replace(/\.\w+$/u, '').replaceAll('_', ' '),
      filename,
    }));
  }

  /** Takes recordings in. One whose name is taken is skipped, and said to be uploaded all the same. */
  async upload(folder: DevnenFolder, files: readonly File[]) {
    const uploaded: string[] = [];
    const errors: { filename: string; error: string }[] = [];
    for (const file of files) {
      const filename = safeName(file.name);
      const error = await this.#keep(folder, filename, file);
      if (error) errors.push({ filename: file.name, error });
      else if (!uploaded.includes(filename)) uploaded.push(filename);
    }
    const predefined = folder === 'voices';
    return {
      accepted: errors.length === 0 || uploaded.length > 0,
      body: {
        message: `Processed ${files.length} ${predefined ? 'predefined voice ' : ''}file(s).`,
        uploaded_files: uploaded,
        ...(predefined ? { all_predefined_voices: this.predefined() } : { all_reference_files: this.names(folder) }),
        errors,
      },
    };
  }

  /** Why the recording is not kept; null where it is, or was there already. */
  async #keep(folder: DevnenFolder, filename: string, file: File): Promise<string | null> {
    if (!/\.(wav|mp3)$/iu.test(filename)) {
      return `Invalid file type. Only .wav and .mp3 are allowed${folder === 'voices' ? ' for predefined voices' : ''}.`;
    }
    if (this.#files.has(`${folder}/${filename}`)) return null;
    const bytes = Buffer.from(await file.arrayBuffer());
    const seconds = wavSeconds(bytes);
    if (seconds === null && /\.wav$/iu.test(filename)) return 'Could not read audio file for validation.';
    if (folder === 'reference_audio' && seconds !== null && seconds > LONGEST_REFERENCE) {
      return `Audio duration (${seconds.toFixed(2)}s) exceeds maximum allowed duration of ${LONGEST_REFERENCE}s.`;
    }
    this.#files.set(`${folder}/${filename}`, { voice: recordedVoice(filename, bytes), seconds });
    return null;
  }
}
