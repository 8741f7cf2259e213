import { z } from 'zod';
import { fault } from '../errors.ts';
import { MOST_ROWS } from '../schemas/mapping.ts';
import { parseJson } from '../text/parse-json.ts';
import {
  type AgentAudioFormat,
  AgentVoice,
  agentVoices,
  type KeyedVoice,
  rowOfAgentVoice,
  variablePrefix,
} from './agent-voice.ts';
import { envJson, envLines, envValue } from './env-values.ts';
import { isApproved, type MappingFile } from './mapping-file.ts';
import { firstIssue, type ReadMapping, tooManyRows, unreadable, withoutMark } from './read-mapping.ts';
import { commentText } from './source-text.ts';

/** Names of the variables that carry all approved voices. */
const COUNT = 'VOICE_MAPPING_COUNT';
const DEFAULT = 'VOICE_MAPPING_DEFAULT';
const NUMBERED = /^VOICE_MAPPING_([1-9]\d*)$/u;

/** An approved voice in a variable of its own: what an agent speaks with, and the id it knows the old voice by. */
const NumberedVoice = AgentVoice.extend({ id: z.string() });

/** A pair in words, for a comment. */
const pairWords = ({ key, voice }: KeyedVoice) =>
  commentText(`${voice.replaces.name || key} -> ${voice.name || voice.voice_id}`);

/** The place of the default among the approved rows. @throws FaultError conflict where that row is not approved */
function defaultPlace({ rows }: MappingFile, defaultRow: number | null): number {
  if (defaultRow === null) return 0;
  const row = rows[defaultRow];
  if (row && isApproved(row)) return rows.slice(0, defaultRow).filter(isApproved).length;
  throw fault('conflict', 'The voice that should be the default is not approved.', {
    kept: 'The mapping is as it was.',
    todo: 'Approve it, or choose another one.',
  });
}

function defaultLines({ voice }: KeyedVoice): string[] {
  const prefix = variablePrefix(voice.provider);
  const plain: [name: string, value: string | undefined][] = [
    ['TTS_PROVIDER', voice.provider || undefined],
    [`${prefix}_VOICE_ID`, voice.voice_id],
    [`${prefix}_MODEL_ID`, voice.model_id],
  ];
  const parameters = Object.keys(voice.parameters).length > 0;
  return [
    ...plain.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${envValue(name, value)}`)),
    '# What brings it near: settings as POST /api/v1/tts takes them, and parameters of the provider.',
    `${prefix}_VOICE_SETTINGS=${envJson(voice.settings)}`,
    ...(parameters ? [`${prefix}_VOICE_PARAMETERS=${envJson(voice.parameters)}`] : []),
  ];
}

/**
 * A mapping as `.env` lines. The variables of the provider (`TTS_PROVIDER`, `CHATTERBOX_VOICE_ID`, `CHATTERBOX_MODEL_ID`;
 * `ELEVEN_LABS_...` on the way back) have room for one voice: the default. Every approved voice has a further variable,
 * `VOICE_MAPPING_1` to `VOICE_MAPPING_COUNT`: a line each, so that a change is one line in a team's history, and JSON, so
 * that an agent needs one call to read it and no sign in an id can break the file.
 *
 * @param defaultRow index in the file's rows of the voice that speaks where none is named; null for the first approved
 * @throws FaultError conflict where no voice or not that one is approved; unsupported where its id cannot be written
 */
export function writeMappingEnv(
  file: MappingFile,
  { defaultRow = null, audioFormat }: { defaultRow?: number | null; audioFormat?: AgentAudioFormat } = {},
): string {
  const voices = agentVoices(file, audioFormat);
  const place = defaultPlace(file, defaultRow);
  const chosen = voices[place];
  const numbered = voices.flatMap((keyed, index) => [
    `# ${pairWords(keyed)}`,
    `VOICE_MAPPING_${index + 1}=${envJson({ id: keyed.key, ...keyed.voice })}`,
  ]);
  return [
    `# Voices of “${commentText(file.name)}”, as they were approved. Written by Timbre at ${file.madeAt}.`,
    '',
    `# Who speaks where no voice is named: ${chosen ? pairWords(chosen) : ''}`,
    ...(chosen ? defaultLines(chosen) : []),
    '',
    `# Every approved voice, as JSON: "id" is that of the voice that was left, ${DEFAULT} the number of the one above.`,
    '# Python: [json.loads(os.environ[f"VOICE_MAPPING_{n + 1}"]) for n in range(int(os.environ["VOICE_MAPPING_COUNT"]))]',
    `${COUNT}='${voices.length}'`,
    `${DEFAULT}='${place + 1}'`,
    ...numbered,
    '',
  ].join('\n');
}

/**
 * Reads the numbered voices of what {@link writeMappingEnv} wrote. A voice that cannot be read is told and left out.
 *
 * @throws FaultError invalid where there are none; too_large
 */
export function readMappingEnv(text: string): ReadMapping {
  const lines = envLines(withoutMark(text));
  const numbered = lines.filter(({ name }) => NUMBERED.test(name));
  if (numbered.length === 0) {
    throw unreadable('There is no VOICE_MAPPING_1 in the file.', 'Choose a file that Timbre wrote.');
  }
  if (numbered.length > MOST_ROWS) throw tooManyRows(MOST_ROWS);
  const last = (name: string) => lines.findLast((one) => one.name === name)?.value;
  const read: ReadMapping = { head: null, rows: [], defaultRow: null, problems: [] };
  for (const { line, name, value } of numbered) {
    const parsed = NumberedVoice.safeParse(parseJson(value));
    if (!parsed.success) {
      read.problems.push(`Line ${line}: ${name} cannot be read. ${firstIssue(parsed.error)}.`);
      continue;
    }
    const { id: key, ...voice } = parsed.data;
    if (name === `VOICE_MAPPING_${last(DEFAULT)}`) read.defaultRow = read.rows.length;
    read.rows.push(rowOfAgentVoice({ key, voice }));
  }
  const count = last(COUNT);
  if (count !== undefined && count !== String(numbered.length)) {
    read.problems.push(`${COUNT} says ${count}, and the file has ${numbered.length}.`);
  }
  return read;
}
