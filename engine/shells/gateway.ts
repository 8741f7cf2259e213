import { toFault } from '../../shared/errors.ts';
import { faultResponse } from '../api/answer.ts';
import { DEFAULT_VOICE } from '../gateway/find-voice.ts';
import { createGatewayApi } from '../gateway/gateway-api.ts';
import { createImporter } from '../import/importer.ts';
import { createKeyStore } from '../keys/key-store.ts';
import { resolveHome, resolveKeyFile, resolveModelFolder } from '../library/home.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { createLog } from '../observe/log.ts';
import { openProviders } from '../open-providers.ts';
import { VERSION } from '../version.ts';
import { parseShellArguments } from './arguments.ts';
import { readEnvFile } from './env-file.ts';
import { apiKeyOf, isLoopbackHost } from './guard.ts';
import { closeOnSignals, listen } from './serve.ts';

/** Port of the gateway where none is asked for. */
const USUAL_PORT = 5000;

async function openPresets(home: string, modelFolder: string): Promise<Library | null> {
  try {
    return await openLibrary({ home, modelFolder });
  } catch (thrown) {
    console.error(`The library cannot be used, so presets are not there: ${toFault(thrown).message}`);
    return null;
  }
}

/** The gateway shell: the engine serving other programs, with no window. */
async function main(): Promise<void> {
  readEnvFile();
  const { port, host: asked } = parseShellArguments(process.argv.slice(2));
  const host = asked ?? '127.0.0.1';
  const apiKey = apiKeyOf(process.env);
  const local = isLoopbackHost(host.includes(':') ? `[${host}]` : host);
  if (!local && apiKey === null) {
    throw new Error(`${host} is not this machine alone. Set TIMBRE_API_KEY to serve other machines.`);
  }
  const log = createLog('timbre gateway');
  const home = resolveHome(process.env);
  const modelFolder = resolveModelFolder(process.env);
  const library = await openPresets(home, modelFolder);
  const importer = createImporter();
  const providers = await openProviders({
    library,
    modelFolder,
    keys: createKeyStore(resolveKeyFile(process.env), null),
    events: { publish: (event) => log.info({ event }, 'event') },
    decode: importer.decode,
    env: process.env,
  });
  const { registry, connections } = providers;
  for (const problem of connections.problems()) console.error(problem);
  const provider = process.env.TTS_PROVIDER || 'builtin';
  if (!registry.provider(provider)) {
    const there = registry.providers.map(({ id }) => id).join(', ');
    throw new Error(`TTS_PROVIDER is “${provider}”, which is not there. There is: ${there}.`);
  }
  const api = createGatewayApi({
    registry,
    library,
    version: VERSION,
    apiKey,
    provider,
    fallbackOf: (id, voiceId) => connections.fallbackOf(id, voiceId),
    defaultVoiceOf: (id) => connections.defaultVoiceOf(id) ?? (id === 'builtin' ? DEFAULT_VOICE : null),
    log,
  });
  const server = await listen(
    async (request) => {
      // Without a key a page in a browser on this machine could rebind its name to 127.0.0.1 and call us.
      if (local && !isLoopbackHost(request.headers.get('host'))) {
        return faultResponse({ code: 'forbidden', message: 'The gateway answers only to names of this machine.' });
      }
      return api.fetch(request);
    },
    host,
    port ?? USUAL_PORT,
  );
  const address = host.includes(':') ? `[${host}]` : host;
  console.log(`Timbre's gateway is ready at http://${address}:${server.port}. Press Ctrl+C to end.`);
  closeOnSignals(async () => {
    await server.close();
    await providers.close();
    await importer.close();
    await library?.close();
  });
}

main().catch((thrown: unknown) => {
  const error = thrown as NodeJS.ErrnoException;
  console.error(
    error.code === 'EADDRINUSE'
      ? 'This port is in use by another program. Choose another one with --port N.'
      : `The gateway could not start: ${error.message}`,
  );
  process.exit(1);
});
