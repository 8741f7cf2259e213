import { type Logger, pino } from 'pino';

/** The log of a shell: JSON lines on standard error, so that standard output stays for people. */
export function createLog(name: string, level = process.env.TIMBRE_LOG ?? 'warn'): Logger {
  return pino(
    { name, level, base: null, redact: ['key', 'token', 'authorization', '*.key', '*.token'] },
    pino.destination(2),
  );
}
