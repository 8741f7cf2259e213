import { z } from 'zod';
import { CONTROL_RANGE, Settings } from '../controls/controls.ts';
import { dbToRatio, ratioToDb, ratioToSemitones, semitonesToRatio } from '../controls/ratios.ts';
import { type FaultError, fault } from '../errors.ts';
import { GatewaySpeech } from '../schemas/gateway.ts';
import { voiceIdParts } from '../voice-id.ts';
import {
  type ApprovedRow,
  isApproved,
  type MappingFile,
  type MappingFileRow,
  plainlyApproved,
} from './mapping-file.ts';

/** The format of sound that is asked for: Hz, bits, channels. */
export const AgentAudioFormat = GatewaySpeech.shape.audio_format.unwrap().required();
export type AgentAudioFormat = z.infer<typeof AgentAudioFormat>;

/** What every Chatterbox makes by itself, so that nothing is converted. Source: resemble-ai/chatterbox, S3GEN_SR. */
export const USUAL_AUDIO_FORMAT: AgentAudioFormat = {
  sample_rate: 24_000,
  bit_depth: 16,
  channels: 1,
  codec: 'pcm_s16le',
};

/**
 * A new voice as a voice agent speaks with it. `voice_id`, `model_id`, `settings` and `audio_format` are what
 * `POST /api/v1/tts` takes under these names; speed, pitch and volume are ratios with 1 normal.
 */
export const AgentVoice = z.object({
  /** Whose place it takes: the provider of the old voice (null where only recordings of it are there) and its name. */
  replaces: z.object({ provider: z.string().nullable(), name: z.string() }),
  provider: z.string(),
  voice_id: z.string(),
  name: z.string(),
  /** Absent for the voice's own. */
  model_id: z.string().optional(),
  settings: GatewaySpeech.shape.settings.unwrap().required(),
  /** How much of the emotion, 0 to 1, for those who can say it. */
  emotion_intensity: Settings.shape.emotion.unwrap().shape.intensity.unwrap(),
  /** The provider's own parameters, by their own names. */
  parameters: Settings.shape.parameters,
  /** Null for any. */
  seed: Settings.shape.seed,
  audio_format: AgentAudioFormat,
});
export type AgentVoice = z.infer<typeof AgentVoice>;

/** A new voice under the id an agent knows the old one by. */
export interface KeyedVoice {
  /** The old voice's id as its own provider gives it; its name where only recordings of it are there. */
  key: string;
  voice: AgentVoice;
}

/** Digits of a ratio: a ten-thousandth of a semitone or dB. */
const RATIO_DIGITS = 6;
/** Digits of semitones and dB: what is finer is not heard, and comes only of a ratio's rounding. */
const CONTROL_DIGITS = 3;

const rounded = (value: number, digits: number) => Number(value.toFixed(digits)) + 0;

/** A ratio in a control's own unit, on the control's range. */
function control(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, rounded(value, CONTROL_DIGITS)));
}

function keyed({ old, new: choice }: ApprovedRow, audioFormat: AgentAudioFormat): KeyedVoice {
  const { provider, local } = voiceIdParts(choice.voiceId);
  const { speed, pitch, volume, emotion, seed, parameters } = choice.settings;
  const left = old.voiceId === null ? null : voiceIdParts(old.voiceId);
  return {
    key: left?.local ?? old.voiceName,
    voice: {
      replaces: { provider: left?.provider ?? null, name: old.voiceName },
      provider,
      voice_id: local,
      name: choice.voiceName,
      ...(choice.modelId === null ? {} : { model_id: choice.modelId }),
      settings: {
        speed,
        pitch: rounded(semitonesToRatio(pitch), RATIO_DIGITS),
        volume: rounded(dbToRatio(volume), RATIO_DIGITS),
        emotion: emotion.name,
      },
      emotion_intensity: emotion.intensity,
      parameters,
      seed,
      audio_format: audioFormat,
    },
  };
}

/** The fault of a mapping that cannot become this kind of file. */
const refused = (message: string, todo: string): FaultError =>
  fault('conflict', message, { kept: 'The mapping is as it was.', todo });

/**
 * The approved voices of a mapping as an agent speaks with them, in the mapping's order.
 *
 * @throws FaultError conflict where none is approved
 */
export function agentVoices({ rows }: MappingFile, audioFormat = USUAL_AUDIO_FORMAT): KeyedVoice[] {
  const approved = rows.filter(isApproved);
  if (approved.length === 0) throw refused('No voice of this mapping is approved yet.', 'Approve at least one first.');
  return approved.map((row) => keyed(row, audioFormat));
}

/**
 * The approved voices, each by its key, for formats that look them up by it.
 *
 * @throws FaultError conflict where none is approved, or where two go by one key
 */
export function agentVoicesByKey(file: MappingFile, audioFormat?: AgentAudioFormat): Record<string, AgentVoice> {
  const voices = new Map<string, AgentVoice>();
  for (const { key, voice } of agentVoices(file, audioFormat)) {
    if (voices.has(key)) {
      throw refused(
        `Two approved voices go by “${key}”, and this format has one place for it.`,
        'Reject one of them, rename it, or take JSON or CSV.',
      );
    }
    voices.set(key, voice);
  }
  return Object.fromEntries(voices);
}

const fullId = (provider: string, local: string) => (provider === '' ? local : `${provider}:${local}`);

/**
 * A row of what an agent's file says. Pitch and volume come back to a thousandth of a semitone and dB; of the old voice
 * there is its id and name, of the verdict that it was approved.
 */
export function rowOfAgentVoice({ key, voice }: KeyedVoice): MappingFileRow {
  const { replaces, settings } = voice;
  return {
    old: {
      voiceId: replaces.provider === null ? null : fullId(replaces.provider, key),
      voiceName: replaces.name,
      modelId: null,
      settings: null,
      language: null,
      gender: 'unknown',
      accent: '',
    },
    new: {
      voiceId: fullId(voice.provider, voice.voice_id),
      voiceName: voice.name,
      modelId: voice.model_id ?? null,
      settings: {
        speed: settings.speed,
        pitch: control(ratioToSemitones(settings.pitch), CONTROL_RANGE.pitch),
        volume: control(ratioToDb(settings.volume), CONTROL_RANGE.volume),
        emotion: { name: settings.emotion, intensity: voice.emotion_intensity },
        seed: voice.seed,
        parameters: voice.parameters,
      },
    },
    ...plainlyApproved(),
  };
}

/** What the variables of a provider begin with, as far as the studio itself reads them. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['', 'VOICE'],
  ['chatterbox', 'CHATTERBOX'],
  ['elevenlabs', 'ELEVEN_LABS'],
]);

/**
 * What the names of a provider's variables begin with: `CHATTERBOX`, `ELEVEN_LABS`. A second connection of one kind
 * (`chatterbox-2`) goes by its kind: an agent has one.
 *
 * @param provider its id; empty where there is none
 */
export function variablePrefix(provider: string): string {
  const kind = provider.replace(/-\d+$/u, '');
  const name = kind.toUpperCase().replace(/[^A-Z0-9]+/gu, '_');
  return PREFIXES.get(kind) ?? (/^[A-Z]/u.test(name) ? name : `VOICE_${name}`);
}
