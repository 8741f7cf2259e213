import { fieldsOf } from './elevenlabs-document.ts';

/** A model as the real one has it in November 2026. */
export interface PeerModel {
  id: string;
  name: string;
  /** Most characters of a text. */
  most: number;
  languages: readonly string[];
  /** Credits for a character. */
  credits: number;
  /** Whether it counts among the fast ones, of which twice as many may run at once. */
  fast: boolean;
  /** Settings that are heard. All others are taken and have no effect. */
  honours: readonly string[];
  /** Whether words in square brackets are stage directions. */
  tags: boolean;
  /** Whether it takes `previous_text` and the like. */
  stitches: boolean;
  speaks: boolean;
}

const MULTILINGUAL = 'en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru'.split(
  ' ',
);
const FLASH = [...MULTILINGUAL, 'hu', 'no', 'vi'];
const V3 = [
  ...FLASH,
  ...'af hy as az be bn bs ca ceb ny et gl ka gu ha he is ga jv kn kk ky lv ln lt lb mk ml mr ne ps fa pa'.split(' '),
  ...'sr sd sl so sw te th ur cy'.split(' '),
];

const OF_ALL = fieldsOf('TtsVoiceSettings');
const OF_FLASH = fieldsOf('ElevenFlashV2_5VoiceSettings');
const OF_V3 = fieldsOf('ElevenV3VoiceSettings');
/** Not in the document yet; measured 2026-09-28. */
const OF_V4 = ['stability', 'similarity_boost'];

const model = (id: string, name: string, most: number, credits: number, more: Partial<PeerModel>): PeerModel => ({
  id,
  name,
  most,
  credits,
  languages: MULTILINGUAL,
  fast: false,
  honours: OF_ALL,
  tags: false,
  stitches: true,
  speaks: true,
  ...more,
});
const flash: Partial<PeerModel> = { languages: FLASH, fast: true, honours: OF_FLASH };
const english: Partial<PeerModel> = { ...flash, languages: ['en'] };
const v3: Partial<PeerModel> = { languages: V3, honours: OF_V3, tags: true, stitches: false };
const v4: Partial<PeerModel> = { languages: V3, honours: OF_V4, tags: true };

export const PEER_MODELS: readonly PeerModel[] = [
  model('eleven_v4', 'Eleven v4', 10_000, 0.4, v4),
  model('eleven_v4_turbo', 'Eleven v4 Turbo', 10_000, 0.2, { ...v4, fast: true }),
  model('eleven_v3', 'Eleven v3', 5000, 0.4, v3),
  model('eleven_v3_conversational', 'Eleven v3 Conversational', 5000, 0.2, v3),
  model('eleven_multilingual_v2', 'Eleven Multilingual v2', 10_000, 0.4, {}),
  model('eleven_flash_v2_5', 'Eleven Flash v2.5', 40_000, 0.2, flash),
  model('eleven_turbo_v2_5', 'Eleven Turbo v2.5', 40_000, 0.2, flash),
  model('eleven_flash_v2', 'Eleven Flash v2', 30_000, 0.2, english),
  model('eleven_turbo_v2', 'Eleven Turbo v2', 30_000, 0.2, english),
  model('eleven_multilingual_sts_v2', 'Eleven Multilingual v2 (speech to speech)', 10_000, 0.4, { speaks: false }),
];

const names = new Intl.DisplayNames('en', { type: 'language' });

/** A model as `GET /v1/models` lists it. What it says of style and boost is not what is heard. */
export function listedModel({ id, name, most, languages, credits, fast, honours, speaks }: PeerModel) {
  return {
    model_id: id,
    name,
    can_be_finetuned: false,
    can_do_text_to_speech: speaks,
    can_do_voice_conversion: !speaks,
    can_use_style: honours.includes('style'),
    can_use_speaker_boost: honours.includes('use_speaker_boost') || id === 'eleven_v3_conversational',
    serves_pro_voices: false,
    token_cost_factor: fast ? 0.5 : 1,
    description: `${name}.`,
    requires_alpha_access: false,
    max_characters_request_free_user: 2500,
    max_characters_request_subscribed_user: 5000,
    maximum_text_length_per_request: most,
    languages: languages.map((language) => ({ language_id: language, name: names.of(language) ?? language })),
    model_rates: { character_cost_multiplier: credits >= 0.4 ? 1 : 0.5, cost_discount_multiplier: 1 },
    concurrency_group: fast ? 'turbo' : 'standard_eleven_multilingual_v2',
  };
}
