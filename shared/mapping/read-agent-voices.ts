import { MOST_ROWS } from '../schemas/mapping.ts';
import { AgentVoice, rowOfAgentVoice } from './agent-voice.ts';
import { firstIssue, type ReadMapping, tooManyRows, unreadable, withoutMark } from './read-mapping.ts';
import { readSourceValue, type SourceLanguage } from './source-text.ts';

/**
 * Reads the voices of a source file. A voice that cannot be read is told and left out.
 *
 * @param start matches up to the value that the voices are in
 * @param what the value's name, in words
 * @throws FaultError invalid, too_large
 */
export function readAgentVoices(text: string, start: RegExp, language: SourceLanguage, what: string): ReadMapping {
  const source = withoutMark(text);
  const found = start.exec(source);
  if (!found) throw unreadable(`There is no ${what} in the file.`, 'Choose a file that Timbre wrote.');
  const value = readSourceValue(source, found.index + found[0].length, language);
  if (value === null || typeof value !== 'object') {
    throw unreadable(`${what} is no dictionary of voices.`, 'Choose a file that Timbre wrote.');
  }
  const voices = Object.entries(value);
  if (voices.length > MOST_ROWS) throw tooManyRows(MOST_ROWS);
  const read: ReadMapping = { head: null, rows: [], defaultRow: null, problems: [] };
  for (const [key, said] of voices) {
    const voice = AgentVoice.safeParse(said);
    if (voice.success) read.rows.push(rowOfAgentVoice({ key, voice: voice.data }));
    else read.problems.push(`“${key}”: ${firstIssue(voice.error)}.`);
  }
  return read;
}
