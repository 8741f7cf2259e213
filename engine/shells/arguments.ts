import { parseArgs } from 'node:util';
import { z } from 'zod';

const Port = z.coerce.number().int().min(0).max(65535);

/** Words after the command of a shell. */
export interface ShellArguments {
  /** Null where none was asked for. 0 takes any free one. */
  port: number | null;
  /** Address to listen on; null where none was asked for. */
  host: string | null;
}

/** Parses `--port N` and `--host ADDRESS`. @throws Error with a sentence for a person */
export function parseShellArguments(words: string[]): ShellArguments {
  const { values } = parseArgs({ args: words, options: { port: { type: 'string' }, host: { type: 'string' } } });
  const port = values.port === undefined ? null : Port.safeParse(values.port);
  if (port && !port.success) throw new Error(`“${values.port}” is not a port (0 to 65535).`);
  return { port: port ? port.data : null, host: values.host ?? null };
}
