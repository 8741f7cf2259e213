import { type Fault, FaultError } from '../../../shared/errors.ts';
import { NeverConnected } from './connection-fault.ts';
import { HttpFault } from './http-fault.ts';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Stands where a secret stood. */
const REDACTED = '•••';

/** A shorter one is a word like any other: taking it out would tear texts apart, and hides nothing. */
const LEAST_CHARACTERS = 6;

/**
 * Takes these secrets out of texts that came from outside: a server may say back what it was sent. Also as they stand
 * within JSON and in an address.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= LEAST_CHARACTERS)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    // The longest form first: a shorter one may be part of it.
    .sort((a, b) => b.length - a.length);
  return (text) =>
    [...new Set(forms)].reduce((clean, form) => withoutBegun(clean.replaceAll(form, REDACTED), form), text);
}

/** What a server says is shortened: a secret that was cut through ends it. */
function withoutBegun(text: string, secret: string): string {
  const end = text.endsWith('…') ? '…' : '';
  const words = end ? text.slice(0, -1) : text;
  for (let length = Math.min(secret.length - 1, words.length); length >= LEAST_CHARACTERS; length -= 1) {
    if (words.endsWith(secret.slice(0, length))) return `${words.slice(0, -length)}${REDACTED}${end}`;
  }
  return text;
}

/** A backslash that hides a character of a JSON text. */
const ESCAPED = /\\[u/]/u;

/** Takes secrets out of a text that may be JSON, also where some of their characters are written as escapes. */
export function redactJson(text: string, redact: Redact): string {
  if (!ESCAPED.test(text)) return redact(text);
  try {
    return redact(JSON.stringify(JSON.parse(text)));
  } catch {
    // It is no JSON, or nested too deeply to be of any use.
    return redact(text);
  }
}

/** What was thrown, without secrets in anything it says. What is no FaultError is as it was. */
export function withoutSecrets(thrown: unknown, redact: Redact): unknown {
  if (!(thrown instanceof FaultError)) return thrown;
  const clean: Fault = { ...thrown.fault, message: redact(thrown.fault.message) };
  for (const name of ['kept', 'todo', 'param', 'said'] as const) {
    const text = clean[name];
    if (text !== undefined) clean[name] = redact(text);
  }
  if (thrown instanceof NeverConnected) return new NeverConnected(clean);
  if (!(thrown instanceof HttpFault)) return new FaultError(clean);
  const { status, retryAfterMs, serverCode } = thrown;
  return new HttpFault(clean, status, retryAfterMs, serverCode === null ? null : redact(serverCode));
}
