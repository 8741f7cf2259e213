import type { FaultCode } from '../../../shared/errors.ts';
import { HttpFault, type Refusal } from '../http/http-fault.ts';

interface Meaning {
  code: FaultCode;
  message: string;
  todo: string;
  /** The field that was refused, where ElevenLabs itself names none. */
  param?: string;
}

const KEY: Meaning = {
  code: 'unauthorised',
  message: 'ElevenLabs did not accept the key.',
  todo: 'Enter the key again in Settings. You find it at elevenlabs.io under Developers, API keys.',
};
const PERMISSION: Meaning = {
  code: 'unauthorised',
  message: 'The key is not allowed to do this at ElevenLabs.',
  todo: 'Give the key this permission at elevenlabs.io, or enter another key in Settings.',
};
const NO_ACCESS: Meaning = {
  code: 'unauthorised',
  message: 'This ElevenLabs account may not use this voice or model.',
  todo: 'Choose another voice or model.',
};
const CREDITS: Meaning = {
  code: 'no_credit',
  message: 'The ElevenLabs account has not enough credits left for this text.',
  todo: 'Add credits at elevenlabs.io, shorten the text, or use another voice.',
};
const PLAN: Meaning = {
  code: 'no_credit',
  message: 'The plan of this ElevenLabs account does not include this.',
  todo: 'Use another voice, or change the plan at elevenlabs.io.',
};
const CONCURRENT: Meaning = {
  code: 'busy',
  message: 'As many requests to ElevenLabs run already as the plan allows at once.',
  todo: 'Wait until one of them is done, then try again.',
};
const RATE: Meaning = {
  code: 'rate_limited',
  message: 'ElevenLabs takes no more requests from this account for now.',
  todo: 'Wait a moment and try again.',
};
const BUSY: Meaning = {
  code: 'busy',
  message: 'ElevenLabs is too busy or under maintenance.',
  todo: 'Try again in a moment.',
};
const VOICE: Meaning = {
  code: 'unknown_voice',
  message: 'ElevenLabs has no such voice in this account.',
  todo: 'Refresh the list of voices and choose another one.',
  param: 'voice_id',
};
const MODEL: Meaning = {
  code: 'unknown_model',
  message: 'ElevenLabs has no such model.',
  todo: 'Choose another model.',
  param: 'model_id',
};
const PAST: Meaning = {
  code: 'not_found',
  message: 'ElevenLabs does not have this past speech (any more).',
  todo: 'Refresh the list of what the voice has spoken, and choose something else.',
};
const NOT_WITH_MODEL: Meaning = {
  code: 'bad_request',
  message: 'This ElevenLabs model does not take such a request.',
  todo: 'Choose another model, or leave out what it names.',
  param: 'model_id',
};
const TOO_LONG: Meaning = {
  code: 'text_too_long',
  message: 'The text is too long for this ElevenLabs model.',
  todo: 'Shorten it, split it into several takes, or choose a model that takes longer texts.',
  param: 'text',
};
const TEXT: Meaning = {
  code: 'bad_request',
  message: 'ElevenLabs found nothing to speak in the text.',
  todo: 'Write something that can be spoken.',
  param: 'text',
};
const SETTINGS: Meaning = {
  code: 'bad_request',
  message: 'ElevenLabs refused the voice’s settings.',
  todo: 'Put back the setting it names, and try again.',
  param: 'voice_settings',
};
const FORMAT: Meaning = {
  code: 'bad_request',
  message: 'ElevenLabs does not make this kind of sound.',
  todo: 'Update Timbre, or report this.',
  param: 'output_format',
};

/**
 * What ElevenLabs' own words for an error mean: `code` of the documented form, and the older `status`, which other paths
 * still use. Source: ElevenLabs, “Errors”, 2026-09-17, and refusals seen until November 2026.
 */
const BY_CODE: Readonly<Record<string, Meaning>> = {
  invalid_api_key: KEY,
  missing_api_key: KEY,
  needs_authorization: KEY,
  unauthorized: KEY,
  sign_in_required: KEY,
  insufficient_permissions: PERMISSION,
  missing_permissions: PERMISSION,
  voice_access_denied: NO_ACCESS,
  model_access_denied: NO_ACCESS,
  insufficient_credits: CREDITS,
  quota_exceeded: CREDITS,
  paid_plan_required: PLAN,
  subscription_required: PLAN,
  feature_not_available: PLAN,
  'only_for_creator+': PLAN,
  concurrent_limit_exceeded: CONCURRENT,
  too_many_concurrent_requests: CONCURRENT,
  rate_limit_exceeded: RATE,
  system_busy: BUSY,
  service_unavailable: BUSY,
  maintenance: BUSY,
  voice_not_found: VOICE,
  invalid_voice_id: VOICE,
  invalid_uid: VOICE,
  model_not_found: MODEL,
  history_item_not_found: PAST,
  unsupported_model: NOT_WITH_MODEL,
  model_not_supported: NOT_WITH_MODEL,
  text_too_long: TOO_LONG,
  max_character_limit_exceeded: TOO_LONG,
  empty_text: TEXT,
  invalid_text: TEXT,
  invalid_voice_settings: SETTINGS,
  invalid_ttd_stability: { ...SETTINGS, param: 'stability' },
  invalid_output_format: FORMAT,
};

/** What a bare sentence means, which sometimes is all there is. */
function byWords(status: number, words: string): Meaning | undefined {
  if (status === 404 && /\bhistory/iu.test(words)) return PAST;
  if (status === 404 && /\bvoice/iu.test(words)) return VOICE;
  if (status === 404 && /\bmodel/iu.test(words)) return MODEL;
  if ((status === 401 || status === 402) && /\b(quota|credits?)\b/iu.test(words)) return CREDITS;
  if (status === 402) return PLAN;
  if (status === 429 && /\bconcurrent/iu.test(words)) return CONCURRENT;
  return undefined;
}

/** What a refusal of ElevenLabs means; null where its status tells as much. */
export function elevenLabsRefusal({ status, said, retryAfterMs }: Refusal): HttpFault | null {
  if (!said) return null;
  const meaning = BY_CODE[said.code ?? ''] ?? byWords(status, said.message);
  if (!meaning) return null;
  const { code, message, todo } = meaning;
  const param = said.param ?? meaning.param;
  const fault = { code, message, todo, kept: 'Your text and takes are kept.', said: `${status}: ${said.message}` };
  return new HttpFault(param === undefined ? fault : { ...fault, param }, status, retryAfterMs, said.code);
}
