import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./test-child.ts', import.meta.url));

/** Another process that uses a library. */
export interface Other {
  /** The next message that has this field. */
  hear(field: string): Promise<Record<string, unknown>>;
  /** Ends it the hard way. */
  kill(): Promise<void>;
  /** Lets it close its library and end. */
  end(): Promise<void>;
}

/** Starts another process on a library; see `test-child.ts` for its tasks. */
export function startOther(home: string, task: string, count = 0): Other {
  return startProcess(CHILD, [home, task, String(count)]);
}

/** Starts a program that says lines of JSON and ends where it is told anything. */
export function startProcess(program: string, options: readonly string[]): Other {
  const child = spawn(process.execPath, [program, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const messages: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const go of waiting.splice(0)) go();
  };
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    messages.push(JSON.parse(line));
    wake();
  });
  lines.on('close', wake);
  return {
    hear: async (field) => {
      for (;;) {
        const at = messages.findIndex((message) => field in message);
        const [message] = at < 0 ? [] : messages.splice(at, 1);
        if (message !== undefined) return message;
        if (child.exitCode !== null) throw new Error(`The other process ended (${child.exitCode}) without “${field}”.`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    kill: async () => stop(child, () => child.kill('SIGKILL')),
    end: async () => stop(child, () => child.stdin.end('end')),
  };
}

async function stop(child: ChildProcess, how: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  how();
  await exited;
}
