import { EmotionName } from '../controls/controls.ts';
import { GATEWAY_RATES } from '../schemas/gateway.ts';
import { type AgentAudioFormat, agentVoicesByKey } from './agent-voice.ts';
import type { MappingFile } from './mapping-file.ts';
import { readAgentVoices } from './read-agent-voices.ts';
import type { ReadMapping } from './read-mapping.ts';
import { commentText, type SourceLanguage, sourceText, unicodeEscapes } from './source-text.ts';

/** How JavaScript and TypeScript write values. Source: ECMA-262, 12.9 Literals and 13.2.5 Object Initializer. */
const TYPESCRIPT: SourceLanguage = {
  words: { true: 'true', false: 'false', null: 'null' },
  indent: '  ',
  pad: ' ',
  // In UTF-16 units, which every tool reads: some take `\u{...}` behind half a surrogate pair for an error.
  escape: unicodeEscapes,
  // As a plain name it would not be a field, but what the object inherits from.
  name: (name, quoted) => (name === '__proto__' ? `[${quoted}]` : /^[A-Za-z_$][\w$]*$/u.test(name) ? name : quoted),
  space: /(?:\s|\/\/[^\r\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y,
};

const union = (values: readonly (string | number)[]) => values.map((value) => JSON.stringify(value)).join(' | ');

/** The type of a voice, so that the module stands by itself. */
const INTERFACE = `/** A new voice. voice_id, model_id, settings and audio_format are what POST /api/v1/tts takes. */
export interface MappedVoice {
  /** The voice that was left: its provider (null where only recordings of it were there) and its name. */
  replaces: { provider: string | null; name: string };
  provider: string;
  voice_id: string;
  name: string;
  /** Absent for the voice's own. */
  model_id?: string;
  /** speed, pitch and volume are ratios, 1 being normal. */
  settings: {
    speed: number;
    pitch: number;
    volume: number;
    emotion: ${union(EmotionName.options)};
  };
  /** 0 to 1. */
  emotion_intensity: number;
  /** The provider's own parameters. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  /** Null for any. */
  seed: number | null;
  audio_format: {
    sample_rate: ${union(GATEWAY_RATES)};
    bit_depth: 16;
    channels: 1;
    codec: "pcm_s16le";
  };
}`;

/**
 * A mapping as a TypeScript module that imports nothing: from the old voice's id, as its own provider gives it, to the
 * new voice. Approved voices only.
 *
 * @throws FaultError conflict where none is approved, or where two have one id
 */
export function writeMappingTypeScript(file: MappingFile, audioFormat?: AgentAudioFormat): string {
  const voices = agentVoicesByKey(file, audioFormat);
  return `// Voices of “${commentText(file.name)}”, as they were approved. Written by Timbre at ${file.madeAt}.

${INTERFACE}

/** The new voices, by the ids of those that were left: \`const voice: MappedVoice = voiceMapping[id]\`. */
export const voiceMapping = ${sourceText(voices, TYPESCRIPT)} as const satisfies Readonly<Record<string, MappedVoice>>;

/** An id of a voice that was left. */
export type OldVoiceId = keyof typeof voiceMapping;
`;
}

const START = /^export const voiceMapping(?:\s*:[^=\r\n]*)?\s*=/mu;

/**
 * Reads what {@link writeMappingTypeScript} wrote, also after a formatter went over it: `voiceMapping` with plain values.
 * The rows come in no certain order.
 *
 * @throws FaultError invalid, too_large
 */
export const readMappingTypeScript = (text: string): ReadMapping =>
  readAgentVoices(text, START, TYPESCRIPT, 'voiceMapping');
