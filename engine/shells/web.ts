import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createStudio } from '../studio.ts';
import { parseShellArguments } from './arguments.ts';
import { readEnvFile } from './env-file.ts';
import { createGuard } from './guard.ts';
import { closeOnSignals, listenSomewhere } from './serve.ts';

/** Port of the browser shell where none is asked for. */
const USUAL_PORT = 4620;

const TOKEN_BYTES = 32;

/** The browser shell: the studio on 127.0.0.1, behind a token made at this start. */
async function main(): Promise<void> {
  readEnvFile();
  const { port, host } = parseShellArguments(process.argv.slice(2));
  if (host !== null) {
    throw new Error(
      'the page is served on this machine only. From another one use SSH forwarding, as the README says.',
    );
  }
  const notice = process.env.TIMBRE_NOTICE;
  const studio = await createStudio({
    shell: 'web',
    pageFolder: fileURLToPath(new URL('../page', import.meta.url)),
    notices: notice ? [notice] : [],
  });
  studio.warm();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const guard = createGuard(token);
  const server = await listenSomewhere(
    async (request) => guard(request) ?? studio.fetch(request),
    '127.0.0.1',
    port,
    USUAL_PORT,
  );
  console.log(`Timbre is ready. Open this link in a browser on this machine:

  http://127.0.0.1:${server.port}/#token=${token}

From another machine: ssh -L 9000:127.0.0.1:${server.port} <this machine>, then open http://127.0.0.1:9000/#token=${token}
Press Ctrl+C to end.`);
  closeOnSignals(async () => {
    await server.close();
    await studio.close();
  });
}

main().catch((thrown: unknown) => {
  const error = thrown as NodeJS.ErrnoException;
  console.error(
    error.code === 'EADDRINUSE'
      ? 'This port is in use by another program. Choose another one with --port N.'
      : `Timbre could not start: ${error.message}`,
  );
  process.exit(1);
});
