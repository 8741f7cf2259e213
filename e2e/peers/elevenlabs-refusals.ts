import type { Issue } from './elevenlabs-document.ts';

/**
 * The shapes ElevenLabs' refusals were seen in: the one that is documented, the older object, and a bare sentence.
 * FastAPI's list, the fourth, is what a request gets that does not validate.
 */
export type RefusalShape = 'current' | 'older' | 'words';

export interface Refused {
  status: number;
  type: string;
  code: string;
  message: string;
  /** Its older word, which still stands in `status`. */
  legacy?: string;
  /** The status it came with when the older shape was in use, where that was another. */
  olderStatus?: number;
  param?: string;
}

const invalid = (code: string, message: string, more: Partial<Refused> = {}): Refused => ({
  status: 400,
  type: 'validation_error',
  code,
  message,
  ...more,
});
const limited = (code: string, message: string, legacy?: string): Refused => ({
  status: 429,
  type: 'rate_limit_error',
  code,
  message,
  ...(legacy ? { legacy } : {}),
});

export const REFUSED = {
  noKey: {
    status: 401,
    type: 'authentication_error',
    code: 'missing_api_key',
    message: 'Neither authorization header nor xi-api-key received, please provide one.',
    legacy: 'needs_authorization',
  },
  wrongKey: { status: 401, type: 'authentication_error', code: 'invalid_api_key', message: 'Invalid API key' },
  permission: (name: string): Refused => ({
    status: 403,
    type: 'authorization_error',
    code: 'insufficient_permissions',
    message: `The API key you used is missing the permission ${name} to execute this operation.`,
    legacy: 'missing_permissions',
    olderStatus: 401,
  }),
  credits: (left: number, needed: number): Refused => ({
    status: 402,
    type: 'payment_required',
    code: 'insufficient_credits',
    message: `You have ${left} credits remaining, while ${needed} credits are required for this request.`,
    legacy: 'quota_exceeded',
    olderStatus: 401,
  }),
  libraryVoice: {
    status: 402,
    type: 'payment_required',
    code: 'paid_plan_required',
    message: 'Free users cannot use library voices via the API. Please upgrade your subscription to use this voice.',
  },
  format: (format: string, plan: string): Refused => ({
    status: 403,
    type: 'authorization_error',
    code: 'subscription_required',
    message: `Output format '${format}' is only available on the ${plan} tier and above.`,
    param: 'output_format',
  }),
  voice: (id: string): Refused => ({
    status: 404,
    type: 'not_found',
    code: 'voice_not_found',
    message: `A voice with the voice_id ${id} was not found.`,
    param: 'voice_id',
  }),
  voiceId: (id: string): Refused =>
    invalid('invalid_voice_id', `An invalid ID has been received: '${id}'. Make sure to provide a correct one.`, {
      legacy: 'invalid_uid',
      param: 'voice_id',
    }),
  model: (id: string): Refused => ({
    status: 404,
    type: 'not_found',
    code: 'model_not_found',
    message: `A model with model ID ${id} does not exist.`,
    olderStatus: 400,
    param: 'model_id',
  }),
  modelHere: (id: string): Refused =>
    invalid('unsupported_model', `The model '${id}' is not supported on this endpoint.`, {
      legacy: 'model_not_supported',
      param: 'model_id',
    }),
  withModel: (what: string, model: string): Refused =>
    invalid('unsupported_model', `Providing ${what} is not yet supported with the '${model}' model.`),
  settings: (given: number): Refused =>
    invalid(
      'invalid_voice_settings',
      `Invalid setting for speed received, expected to be greater or equal to 0.7 and less or equal to 1.2, received ${given}.`,
      { param: 'voice_settings' },
    ),
  stability: invalid('invalid_ttd_stability', 'Invalid TTD stability value. Must be one of: [0.0, 0.5, 1.0]'),
  tooLong: (length: number, most: number): Refused =>
    invalid('text_too_long', `The text is ${length} characters long; this model takes at most ${most}.`, {
      legacy: 'max_character_limit_exceeded',
      param: 'text',
    }),
  empty: invalid('empty_text', 'Text is empty.', { param: 'text' }),
  historyItem: (id: string): Refused => ({
    status: 404,
    type: 'not_found',
    code: 'history_item_not_found',
    message: `History item with ID ${id} was not found.`,
    param: 'history_item_id',
  }),
  pageSize: (most: number): Refused =>
    invalid('invalid_parameters', `page_size must be between 1 and ${most}.`, { param: 'page_size' }),
  sourceMissing: invalid('invalid_parameters', 'source is required where model_id is given.', { param: 'source' }),
  concurrent: (most: number): Refused =>
    limited(
      'concurrent_limit_exceeded',
      `Too many concurrent requests. Your current subscription is associated with a maximum of ${most} concurrent requests.`,
      'too_many_concurrent_requests',
    ),
  rate: limited('rate_limit_exceeded', 'You have exceeded the rate limit. Please slow down.'),
} as const;

/** What a status means that comes without a reason. */
export function refusedWith(status: number): Refused | null {
  const known: Readonly<Record<number, Refused>> = {
    400: invalid('invalid_parameters', 'The request is not valid.'),
    401: REFUSED.wrongKey,
    402: REFUSED.credits(0, 1),
    403: REFUSED.permission('text_to_speech'),
    404: REFUSED.voice('21m00Tcm4TlvDq8ikWAM'),
    409: { status: 409, type: 'conflict', code: 'already_running', message: 'The request is already running.' },
    429: REFUSED.rate,
    500: { status, type: 'internal_error', code: 'internal_error', message: 'An internal error occurred.' },
    503: { status, type: 'service_unavailable', code: 'service_unavailable', message: 'We are under heavy load.' },
  };
  return known[status] ?? null;
}

/** A refusal's status and body in one of its shapes. */
export function refusalAnswer(refused: Refused, shape: RefusalShape, requestId: string): [number, unknown] {
  const { status, type, code, message, legacy = code, olderStatus = status, param } = refused;
  switch (shape) {
    case 'current':
      return [status, { detail: { type, code, message, status: legacy, request_id: requestId, param: param ?? null } }];
    case 'older':
      return [olderStatus, { detail: { status: legacy, message } }];
    case 'words':
      return [status, { detail: message }];
  }
}

/** FastAPI's body of a request that does not validate. */
export const validationBody = (issues: readonly Issue[]) => ({ detail: issues });
