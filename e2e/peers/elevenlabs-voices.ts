import { numberedVoice } from './peer-voices.ts';
import type { PeerVoice } from './speech.ts';

export interface StoredSettings {
  stability: number;
  similarity_boost: number;
  style: number;
  use_speaker_boost: boolean;
  speed: number;
}

/** A voice of the peer: what it tells of it, and how it sounds. */
export interface ListedPeerVoice {
  id: string;
  name: string;
  category: 'premade' | 'cloned' | 'generated' | 'professional';
  labels: Record<string, string>;
  description: string | null;
  settings: StoredSettings;
  /** Language and accent of what was verified. */
  verified: readonly { language: string; locale: string; accent: string }[];
  preview: boolean;
  /** What a voice of the library costs, times the usual; null for others. */
  rate: number | null;
  sound: PeerVoice;
}

export const DEFAULT_SETTINGS: StoredSettings = {
  stability: 0.5,
  similarity_boost: 0.75,
  style: 0,
  use_speaker_boost: true,
  speed: 1,
};

type Row = [id: string, name: string, gender: string, age: string, accent: string, use: string, espeak: string];

/** The voices every account begins with; ids and labels are public. The last column is the language of eSpeak's voice. */
const PREMADE: readonly Row[] = [
  ['21m00Tcm4TlvDq8ikWAM', 'Rachel', 'female', 'young', 'american', 'narration', 'en-us'],
  ['9BWtsMINqrJLrRacOk9x', 'Aria', 'female', 'middle_aged', 'american', 'social_media', 'en-us'],
  ['CwhRBWXzGAHq8TQ4Fs17', 'Roger', 'male', 'middle_aged', 'american', 'conversational', 'en-us'],
  ['EXAVITQu4vr4xnSDxMaL', 'Sarah', 'female', 'young', 'american', 'entertainment_tv', 'en-us'],
  ['FGY2WhTYpPnrIDTdsKH5', 'Laura', 'female', 'young', 'american', 'social_media', 'en-us'],
  ['IKne3meq5aSn9XLyUdCD', 'Charlie', 'male', 'young', 'australian', 'conversational', 'en-gb'],
  ['JBFqnCBsd6RMkjVDRZzb', 'George', 'male', 'middle_aged', 'british', 'narrative_story', 'en-gb'],
  ['SAz9YHcvj6GT2YYXdXww', 'River', 'neutral', 'middle_aged', 'american', 'conversational', 'en-us'],
  ['XB0fDUnXU5powFXDhCwa', 'Charlotte', 'female', 'young', 'swedish', 'characters_animation', 'sv'],
  ['Xb7hH8MSUJpSbSDYk0k2', 'Alice', 'female', 'middle_aged', 'british', 'informative_educational', 'en-gb'],
  ['onwK4e9ZLuTAKqWW03F9', 'Daniel', 'male', 'middle_aged', 'british', 'informative_educational', 'en-gb'],
  ['pqHfZKP75CvOlQylNhV4', 'Bill', 'male', 'old', 'american', 'advertisement', 'en-us'],
];

const LOCALES: Readonly<Record<string, string>> = { american: 'en-US', australian: 'en-AU', british: 'en-GB' };

const premade = ([id, name, gender, age, accent, use, espeak]: Row, at: number): ListedPeerVoice => ({
  id,
  name,
  category: 'premade',
  labels: { accent, age, gender, use_case: use, description: 'classy', language: 'en' },
  description: `A ${age.replace('_', '-')} ${gender} voice for ${use.replaceAll('_', ' ')}.`,
  settings: DEFAULT_SETTINGS,
  verified: [{ language: 'en', locale: LOCALES[accent] ?? 'en-US', accent }],
  preview: true,
  rate: null,
  sound: numberedVoice(name, at, espeak).sound,
});

/** A cloned voice with settings of its own; voices of a clone have no labels but what their owner wrote. */
const clone = (at: number): ListedPeerVoice => ({
  id: `Clone${String(at).padStart(15, '0')}`,
  name: `Clone ${at}`,
  category: 'cloned',
  labels: {},
  description: null,
  settings: { stability: 0.3, similarity_boost: 0.9, style: 0.2, use_speaker_boost: false, speed: 1.1 },
  verified: [],
  preview: false,
  rate: null,
  sound: numberedVoice(`Clone ${at}`, PREMADE.length + 1 + at).sound,
});

const LIBRARY: ListedPeerVoice = {
  id: 'LibraryVoice00000001',
  name: 'Lena',
  category: 'professional',
  labels: { accent: 'standard', age: 'young', gender: 'female', language: 'de', descriptive: 'warm' },
  description: 'Eine warme Stimme für Hörbücher.',
  settings: { ...DEFAULT_SETTINGS, stability: 0.4 },
  verified: [
    { language: 'de', locale: 'de-DE', accent: 'standard' },
    { language: 'en', locale: 'en-US', accent: 'american' },
  ],
  preview: true,
  rate: 2,
  sound: numberedVoice('Lena', PREMADE.length, 'de').sound,
};

/** @param clones how many cloned voices the account has */
export function peerVoices(clones: number): ListedPeerVoice[] {
  return [...PREMADE.map(premade), LIBRARY, ...Array.from({ length: clones }, (_, at) => clone(at + 1))];
}

/** A voice that is in the history only: its owner has removed it. */
export const removedVoice = (id: string): ListedPeerVoice => ({
  ...clone(0),
  id,
  name: `Removed ${id}`,
  sound: numberedVoice(id, PREMADE.length + 40).sound,
});

/**
 * A voice as it is told. @param base where the peer serves previews
 * @param settings stored settings stand only where the voice is asked for alone
 */
export function listedVoice(voice: ListedPeerVoice, base: string, settings: StoredSettings | null = null) {
  const preview_url = voice.preview ? `${base}/previews/${voice.id}.mp3` : null;
  return {
    voice_id: voice.id,
    name: voice.name,
    samples: null,
    category: voice.category,
    fine_tuning: null,
    labels: voice.labels,
    description: voice.description,
    preview_url,
    available_for_tiers: [],
    settings,
    sharing: voice.rate === null ? null : { status: 'copied', rate: voice.rate, free_users_allowed: false },
    high_quality_base_model_ids: ['eleven_multilingual_v2', 'eleven_flash_v2_5'],
    verified_languages: voice.verified.map((verified) => ({
      ...verified,
      model_id: 'eleven_multilingual_v2',
      preview_url,
    })),
    collection_ids: null,
    is_owner: voice.category !== 'professional',
    is_legacy: false,
    is_mixed: false,
    created_at_unix: voice.category === 'premade' ? null : 1_760_000_000,
  };
}
