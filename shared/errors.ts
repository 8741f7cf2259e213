import { z } from 'zod';

/**
 * Every way something can go wrong, in one vocabulary. Providers, library, API and page use these codes and no others.
 */
export const FaultCode = z.enum([
  // A provider's answers.
  'unreachable',
  'busy',
  'unauthorised',
  'no_credit',
  'rate_limited',
  'bad_request',
  'unknown_voice',
  'unknown_model',
  'text_too_long',
  'cut_short',
  'bad_audio',
  'provider_fault',
  // The studio's own.
  'cancelled',
  'invalid',
  'not_found',
  'conflict',
  'forbidden',
  'too_large',
  'unsupported',
  'disk_full',
  'not_writable',
  'library_newer',
  'library_damaged',
  'model_missing',
  'internal',
]);
export type FaultCode = z.infer<typeof FaultCode>;

/** What went wrong, in words for a person: what happened, what is kept, what to do. */
export const Fault = z.object({
  code: FaultCode,
  /** What happened. One sentence, no stack, no secret. */
  message: z.string(),
  /** What is safe all the same. */
  kept: z.string().optional(),
  /** What to do next. */
  todo: z.string().optional(),
  /** The field of the request that was refused. */
  param: z.string().optional(),
  /** What the other side said, word for word (shortened). */
  said: z.string().optional(),
});
export type Fault = z.infer<typeof Fault>;

/** The JSON body of every answer that is not a success. */
export const FaultBody = z.object({ error: Fault });
export type FaultBody = z.infer<typeof FaultBody>;

/** HTTP status of each fault. */
export const FAULT_STATUS = {
  unreachable: 502,
  busy: 503,
  unauthorised: 401,
  no_credit: 402,
  rate_limited: 429,
  bad_request: 400,
  unknown_voice: 404,
  unknown_model: 404,
  text_too_long: 413,
  cut_short: 502,
  bad_audio: 502,
  provider_fault: 502,
  cancelled: 409,
  invalid: 400,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  too_large: 413,
  unsupported: 415,
  disk_full: 507,
  not_writable: 507,
  library_newer: 409,
  library_damaged: 500,
  model_missing: 503,
  internal: 500,
} as const satisfies Record<FaultCode, number>;

/** Carries a {@link Fault} through code that throws. Borders turn it back into the value. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

/** Shorthand for `new FaultError({...})`. */
export function fault(code: FaultCode, message: string, more: Omit<Fault, 'code' | 'message'> = {}): FaultError {
  return new FaultError({ code, message, ...more });
}

/** The {@link Fault} in anything that was thrown. An unknown error becomes `internal` and keeps only its message. */
export function toFault(thrown: unknown): Fault {
  if (thrown instanceof FaultError) return thrown.fault;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { code: 'cancelled', message: 'The request was cancelled.' };
  }
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message: 'Something in Timbre failed that should not.', said: said.slice(0, 500) };
}
