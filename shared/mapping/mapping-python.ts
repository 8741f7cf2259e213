import { type AgentAudioFormat, agentVoicesByKey, variablePrefix } from './agent-voice.ts';
import type { MappingFile } from './mapping-file.ts';
import { readAgentVoices } from './read-agent-voices.ts';
import type { ReadMapping } from './read-mapping.ts';
import { commentText, hexadecimal, type SourceLanguage, sourceText, unicodeEscapes } from './source-text.ts';

/** How Python writes values. Source: The Python Language Reference, 2.4 Literals. */
const PYTHON: SourceLanguage = {
  words: { true: 'True', false: 'False', null: 'None' },
  indent: '    ',
  pad: '',
  // Two halves of a pair would stay two characters.
  escape: (character) =>
    character.length > 1 ? `\\U${hexadecimal(character.codePointAt(0) ?? 0, 8)}` : unicodeEscapes(character),
  name: (_, quoted) => quoted,
  space: /(?:\s|#[^\r\n]*)*/y,
};

/** `CHATTERBOX_CONFIG`, or what it is called for another provider. */
function variable({ to }: MappingFile): string {
  return `${variablePrefix(to.kind === 'provider' ? to.provider : '')}_CONFIG`;
}

/**
 * A mapping as a Python module: a dictionary from the old voice's id, as its own provider gives it, to the new voice.
 * Approved voices only.
 *
 * @throws FaultError conflict where none is approved, or where two have one id
 */
export function writeMappingPython(file: MappingFile, audioFormat?: AgentAudioFormat): string {
  const name = variable(file);
  const voices = agentVoicesByKey(file, audioFormat);
  return `# Voices of “${commentText(file.name)}”, as they were approved. Written by Timbre at ${file.madeAt}.
#
# The key is the id of the voice that was left. voice_id, model_id, settings and audio_format are what
# POST /api/v1/tts takes; speed, pitch and volume are ratios, 1 being normal. parameters are the provider's own.
#
#     voice = ${name}[old_voice_id]
#     body = {"text": text, **{k: voice[k] for k in ("voice_id", "model_id", "settings", "audio_format") if k in voice}}

${name} = ${sourceText(voices, PYTHON)}
`;
}

const START = /^[A-Z][A-Z0-9_]*_CONFIG(?:\s*:[^=\r\n]*)?\s*=/mu;

/**
 * Reads what {@link writeMappingPython} wrote, also after a formatter went over it: the first dictionary whose name ends
 * with `_CONFIG`, with plain values. The rows come in no certain order.
 *
 * @throws FaultError invalid, too_large
 */
export const readMappingPython = (text: string): ReadMapping =>
  readAgentVoices(text, START, PYTHON, 'CHATTERBOX_CONFIG');
