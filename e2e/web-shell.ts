import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../build/paths.ts';

/** A browser shell that runs. */
export interface WebShell {
  /** The link that it printed, with its token. */
  link: string;
  origin: string;
  token: string;
  /** Everything it printed. */
  output(): string;
  /** Ends it as Ctrl+C would. @throws Error if it did not end in order */
  stop(): Promise<void>;
}

const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/;

/**
 * Starts the browser shell on any free port and waits for its link.
 *
 * @param program what starts it
 */
export async function startWebShell(env: NodeJS.ProcessEnv, program = 'dist/engine/web.js'): Promise<WebShell> {
  const child = spawn(process.execPath, [inRoot(program), '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const [, origin, token] = await new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (text: string) => {
      output += text;
      const found = LINK.exec(output);
      if (found && output.includes('\n', found.index)) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => reject(new Error(`The browser shell ended with ${code}:\n${output}`)));
  });
  if (!origin || !token) throw new Error(`The browser shell printed no link:\n${output}`);
  return {
    link: `${origin}/#token=${token}`,
    origin,
    token,
    output: () => output,
    async stop() {
      const code = await end(child);
      if (code !== 0) throw new Error(`The browser shell ended with ${code}:\n${output}`);
    },
  };
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}
