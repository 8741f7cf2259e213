import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Signals that end the studio; they are passed on to the child, which ends in its own good order. */
const ENDING: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Starts a child that ends with this process: signals are passed on, and it is not left behind. */
export function startChild(
  command: string,
  parameters: string[],
  options: { env?: NodeJS.ProcessEnv; cwd: string; stdio: StdioOptions },
): { child: ChildProcess; ended: Promise<number> } {
  const child = spawn(command, parameters, options);
  const passOn = (signal: NodeJS.Signals) => {
    // A terminal gives Ctrl+C to the whole group itself.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ENDING) process.on(signal, passOn);
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);
  const ended = new Promise<number>((resolve, reject) => {
    const settle = () => {
      for (const signal of ENDING) process.off(signal, passOn);
      process.off('exit', killNow);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
  return { child, ended };
}
