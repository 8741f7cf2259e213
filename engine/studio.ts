import { access, constants, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fault, FaultError, fault, toFault } from '../shared/errors.ts';
import type { Status } from '../shared/schemas/status.ts';
import { createAligner } from './alignment/aligner.ts';
import { createAnalyser } from './analysis/analyser.ts';
import { createStudioApi } from './api/studio-api.ts';
import { createExporter } from './export/exporter.ts';
import { createImporter } from './import/importer.ts';
import { createKeyStore } from './keys/key-store.ts';
import type { Keychain } from './keys/keychain.ts';
import { createLevels } from './levels/levels.ts';
import { makeFolder } from './library/files.ts';
import { KEY_FILE, resolveHome, resolveKeyFile, resolveModelFolder } from './library/home.ts';
import type { Library } from './library/library.ts';
import { openLibrary } from './library/open-library.ts';
import { createListening } from './listening/listening.ts';
import { createMatching } from './matching/matching.ts';
import { createProfiler } from './matching/profiler.ts';
import { createEventHub, type EventHub } from './observe/events.ts';
import { createLog } from './observe/log.ts';
import { openProviders } from './open-providers.ts';
import type { Provider } from './providers/provider.ts';
import { readAudio } from './read-audio.ts';
import { createReports } from './report/reports.ts';
import { createPageFiles } from './shells/page-files.ts';
import type { DesktopFace, StudioParts } from './studio-parts.ts';
import { createSynthesis } from './synthesis/synthesis.ts';
import { VERSION } from './version.ts';
import { createWordFinder } from './words/word-finder.ts';

export interface StudioOptions {
  shell: Status['shell'];
  /** Folder of the library; by default `TIMBRE_HOME` or the user's data folder. */
  home?: string;
  /** The file of keys; by default in the folder above. */
  keyFile?: string;
  /** Folder of the built page. */
  pageFolder: string;
  /** What the person should know, shown on the page. */
  notices?: string[];
  desktop?: DesktopFace;
  /** The system's keeper of secrets; only the desktop shell has one. */
  keychain?: Keychain;
  /** Further providers beside the built-in one. */
  providers?: Provider[];
}

/** The studio without a face: a function from Request to Response. */
export interface Studio {
  fetch(request: Request): Promise<Response>;
  /** Sends a command (of a menu) to the page. */
  command(name: string): void;
  /** Makes ready what every page asks for first, the list of the built-in voices, before one asks. */
  warm(): void;
  readonly home: string;
  readonly parts: StudioParts;
  close(): Promise<void>;
}

/** Environment variables that go before what the app would choose. */
const DECIDING = ['TIMBRE_HOME', 'TIMBRE_MODELS'];

interface OpenedLibrary {
  library: Library;
  modelFolder: string;
  /** Why it is not the person's own; null where it is. */
  why: Fault | null;
}

/**
 * The person's library, or, where it cannot be used, one in a temporary folder together with the reason: what is made
 * meanwhile can be heard, exported and saved as a project file.
 */
async function openSomeLibrary(home: string, usual: string, onProblem: () => void): Promise<OpenedLibrary> {
  try {
    return { library: await openLibrary({ home, modelFolder: usual, onProblem }), modelFolder: usual, why: null };
  } catch (thrown) {
    const why = toFault(thrown);
    const folder = await mkdtemp(join(tmpdir(), 'timbre-'));
    // What keeps the library from being opened may keep the model from being stored beside it as well.
    const modelFolder = (await usable(usual)) ?? join(folder, 'models');
    const library = await openLibrary({ home: folder, modelFolder, onProblem });
    const kept = `Nothing in ${home} was changed. What you make now is kept in ${folder} only.`;
    return { library, modelFolder, why: { ...why, kept: why.kept ? `${why.kept} ${kept}` : kept } };
  }
}

/** Tells the page that the library has problems: once for all that are found at one time. */
function tellProblems(events: EventHub): () => void {
  let telling = false;
  return () => {
    if (telling) return;
    telling = true;
    setImmediate(() => {
      telling = false;
      events.publish({ type: 'changed', what: 'problems' });
    });
  };
}

/** The folder, or null where nothing can be written in it. */
async function usable(folder: string): Promise<string | null> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    return folder;
  } catch {
    return null;
  }
}

/** Keys lie where the library was begun: a library that is moved or copied takes none with it. */
function keyFileOf({ home, keyFile }: StudioOptions): string {
  return keyFile ?? (home === undefined ? resolveKeyFile(process.env) : join(home, KEY_FILE));
}

/** Opens everything the studio needs. `close` closes all of it again. */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const log = createLog(`timbre ${options.shell}`);
  const home = options.home ?? resolveHome(process.env);
  const events = createEventHub();
  const opened = await openSomeLibrary(home, resolveModelFolder(process.env), tellProblems(events));
  const { library, modelFolder } = opened;
  const analyser = createAnalyser();
  const importer = createImporter();
  const aligner = createAligner(() => library);
  const levels = createLevels(() => library);
  const listening = createListening({ library: () => library, aligner, levels });
  const providers = await openProviders({
    library,
    modelFolder,
    keys: createKeyStore(keyFileOf(options), options.keychain ?? null),
    events,
    decode: importer.decode,
    env: process.env,
    ...(options.providers ? { more: options.providers } : {}),
  });
  const { registry, connections, builtin } = providers;
  const read = (takeId: string) => readAudio(library, takeId);
  const synthesis = createSynthesis({
    registry,
    fallbackOf: (provider, voiceId) => connections.fallbackOf(provider, voiceId),
    library: () => library,
    analyser,
    events,
    readAudio: read,
  });
  const exporter = createExporter({ library, events, readAudio: read });
  const words = createWordFinder({ library: () => library, builtin, aligner });
  const profiler = createProfiler(() => library);
  const matching = createMatching({ library: () => library, registry, synthesis, profiler, levels, events });
  const reports = createReports({ library: () => library, aligner, levels, analyser, events, registry, matching });
  const parts: StudioParts = {
    shell: options.shell,
    version: VERSION,
    notices: options.notices ?? [],
    environment: DECIDING.filter((name) => process.env[name]),
    log,
    events,
    registry,
    connections,
    library: () => library,
    libraryFault: opened.why,
    synthesis,
    analyser,
    aligner,
    words,
    levels,
    listening,
    matching,
    importer,
    exporter,
    reports,
    readAudio: read,
    desktop: options.desktop ?? null,
  };
  const api = createStudioApi(parts);
  const page = createPageFiles(options.pageFolder);
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    // What makes takes goes before that which makes them.
    await matching.close();
    await connections.close();
    await synthesis.close();
    const rooms = [providers, analyser, reports, listening, words, aligner, levels, importer, exporter];
    await Promise.allSettled(rooms.map((room) => room.close()));
    await library.close();
  }

  return {
    home: library.home,
    parts,
    async fetch(request) {
      if (closing) throw new FaultError(fault('unreachable', 'The studio is closing.').fault);
      return new URL(request.url).pathname.startsWith('/api') ? api.fetch(request) : page(request);
    },
    // Why it fails is said where the voices are asked for.
    warm: () => void builtin.voices(new AbortController().signal).catch(() => undefined),
    command: (command) => events.publish({ type: 'command', command }),
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
