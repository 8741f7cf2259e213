import { z } from 'zod';
import { fieldsOf, queryNames } from './elevenlabs-document.ts';
import { PEER_MODELS, type PeerModel } from './elevenlabs-models.ts';
import { REFUSED, type Refused } from './elevenlabs-refusals.ts';

const Some = z.unknown().optional();

/** A request that has been found valid by the document. */
export const SpeechBody = z.looseObject({
  text: z.string(),
  model_id: z.string().default('eleven_multilingual_v2'),
  language_code: z.string().nullish(),
  seed: z.number().nullish(),
  voice_settings: z
    .looseObject({ stability: z.number().nullish(), speed: z.number().nullish() })
    .nullish()
    .transform((settings) => settings ?? {}),
  previous_text: Some,
  next_text: Some,
  previous_request_ids: Some,
  next_request_ids: Some,
});
export type SpeechBody = z.infer<typeof SpeechBody>;

const BODY = fieldsOf('Body_text_to_speech_stream');

/** What of a request is taken and does nothing: fields nobody knows, settings this model does not honour. */
export function ignoredOf(body: SpeechBody, query: URLSearchParams, path: string): string[] {
  const model = PEER_MODELS.find(({ id }) => id === body.model_id);
  const language = body.language_code;
  const given = (of: object) => Object.entries(of).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const known = queryNames('POST', path);
  return [
    ...[...query.keys()].filter((name) => !known.includes(name)).map((name) => `query ${name}`),
    ...given(body)
      .filter((name) => !BODY.includes(name))
      .map((name) => `body ${name}`),
    ...given(body.voice_settings)
      .filter((name) => !model?.honours.includes(name))
      .map((name) => `${body.model_id} ${name}`),
    ...(language == null || (model && takesLanguage(model, language)) ? [] : [`${body.model_id} language_code`]),
  ];
}

/** Whether a model heeds `language_code`: Multilingual v2 goes by the text alone. */
export const takesLanguage = ({ id, languages }: PeerModel, language: string) =>
  id !== 'eleven_multilingual_v2' && languages.includes(language);

/** Why a model does not take a request; null where it does. @param steps v3 takes its three steps of stability only */
export function modelRefusal(
  body: SpeechBody,
  model: PeerModel,
  query: URLSearchParams,
  steps: boolean,
): Refused | null {
  const { text, voice_settings: settings } = body;
  const has = (...names: (keyof SpeechBody)[]) => names.some((name) => body[name] !== undefined && body[name] !== null);
  if (text.trim() === '') return REFUSED.empty;
  if ([...text].length > model.most) return REFUSED.tooLong([...text].length, model.most);
  if (!model.stitches) {
    if (has('previous_text', 'next_text')) return REFUSED.withModel('previous_text or next_text', model.id);
    if (has('previous_request_ids', 'next_request_ids'))
      return REFUSED.withModel('previous_request_ids or next_request_ids', model.id);
    if (query.has('optimize_streaming_latency')) return REFUSED.withModel('optimize_streaming_latency', model.id);
    if (steps && settings.stability != null && ![0, 0.5, 1].includes(settings.stability)) return REFUSED.stability;
  }
  const { speed } = settings;
  if (speed != null && model.honours.includes('speed') && (speed < 0.7 || speed > 1.2)) return REFUSED.settings(speed);
  return null;
}

/** A text as sentences, each with the space after it: put together they are the text. */
export const sentencesOf = (text: string) => text.split(/(?<=[.!?…]\s+)(?=\S)/u);

/** What is spoken of a sentence: models that know no stage directions read them aloud. */
export const spokenOf = (sentence: string, model: PeerModel) =>
  (model.tags ? sentence.replace(/\[[^\]]*\]/gu, ' ') : sentence.replace(/[[\]]/gu, '')).replace(/\s+/gu, ' ').trim();
