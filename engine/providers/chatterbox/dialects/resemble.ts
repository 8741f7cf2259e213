import { z } from 'zod';
import type { ListedVoice } from '../../reading/voice-list.ts';
import type { Dialect, ServerFacts } from '../dialect.ts';
import { plainText } from '../expression-parameters.ts';
import { lookUp } from '../look-up.ts';
import { voiceGone } from '../voice-gone.ts';

/** Where Resemble lists voices; speech is made on another host. Source: docs.resemble.ai. */
export const RESEMBLE_API = 'https://app.resemble.ai';
export const RESEMBLE_SYNTHESIS = 'https://f.cluster.resemble.ai';

/** One page of `GET /api/v2/voices`. */
const VoicePage = z.looseObject({
  page: z.number().int(),
  page_count: z.number().int(),
  items: z.array(z.unknown()),
});

const ListedVoiceItem = z.looseObject({
  uuid: z.string(),
  name: z.string().nullish(),
  default_language: z.string().nullish(),
  supported_languages: z.array(z.string()).nullish(),
});

/** Statuses of a request that names something which is not there. */
const ABOUT_REQUEST = new Set([400, 404, 422]);

const PAGE_SIZE = 100;
const MOST_PAGES = 50;

const pagePath = (page: number) => `/api/v2/voices?page=${page}&page_size=${PAGE_SIZE}`;

/** Resemble's hosted service. Its documented body has no expression, no seed and no speed. */
export const resemble: Dialect = {
  name: 'resemble',
  title: 'Resemble AI (hosted)',
  hosted: true,

  async probe(client, signal): Promise<ServerFacts | null> {
    if (!(await lookUp(client, pagePath(1), VoicePage, signal))) return null;
    return {
      dialect: 'resemble',
      // Which one a voice is spoken by is the service’s own choice.
      model: 'unknown',
      ready: true,
      note: 'The service is ready.',
      languages: [],
      tags: [],
      sampleRate: 24_000,
    };
  },

  async voices(client, signal) {
    const voices: ListedVoice[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const list = await lookUp(client, pagePath(page), VoicePage, signal);
      if (!list) break;
      for (const item of list.items) {
        const { data } = ListedVoiceItem.safeParse(item);
        if (!data) continue;
        const { uuid, name, default_language, supported_languages } = data;
        const languages = [default_language, ...(supported_languages ?? [])].filter((tag): tag is string => !!tag);
        voices.push({ id: uuid, name: name ?? uuid, languages: [...new Set(languages)], aliases: [] });
      }
      if (page >= list.page_count) break;
    }
    return voices;
  },

  speak(request) {
    return {
      form: 'file',
      soon: true,
      seed: null,
      http: {
        method: 'POST',
        path: '/stream',
        json: { voice_uuid: request.voice, data: plainText(request), sample_rate: 24_000, precision: 'PCM_16' },
      },
    };
  },

  refusal(refusal) {
    const { status, said } = refusal;
    if (!ABOUT_REQUEST.has(status) || !/voice/iu.test(said?.message ?? '')) return null;
    return voiceGone('Resemble', refusal);
  },
};
