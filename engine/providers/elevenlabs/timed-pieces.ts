import { fault } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { readErrorBody } from '../reading/error-body.ts';
import { type Alignment, TimedLine } from './answers.ts';

/** A piece of a stream with timings. */
export interface TimedPiece {
  /** Bytes in the format asked for; may end within a sample. */
  audio: Uint8Array;
  /** Characters that begin in this piece or the next ones; null where none are told. */
  alignment: Alignment | null;
}

/** Most characters of one line: it is a sentence or two of sound. */
const MOST_LINE = 64 * 1024 * 1024;

/** The values of an answer that has one JSON value on each line. */
export async function* timedPieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<TimedPiece> {
  const decoder = new TextDecoder();
  let held: string[] = [];
  let length = 0;
  for await (const bytes of body) {
    const lines = decoder.decode(bytes, { stream: true }).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const whole = [...held, line].join('').trim();
      held = [];
      length = 0;
      if (whole !== '') yield timedPiece(whole);
    }
    held.push(last);
    length += last.length;
    if (length > MOST_LINE) throw noSpeech('a line that does not end');
  }
  const rest = held.join('').trim();
  if (rest !== '') yield timedPiece(rest);
}

function timedPiece(line: string): TimedPiece {
  const value = parseJson(line);
  if (value === undefined && line.startsWith('{')) {
    throw fault('cut_short', 'The answer of ElevenLabs broke off in the midst of a line.', {
      kept: 'The sound that had come is kept.',
      todo: 'Try again.',
    });
  }
  const { data } = TimedLine.safeParse(value);
  if (data?.audio_base64 == null && !data?.alignment) {
    throw noSpeech(readErrorBody(line)?.message ?? 'nothing');
  }
  return { audio: Buffer.from(data.audio_base64 ?? '', 'base64'), alignment: data.alignment };
}

function noSpeech(said: string) {
  return fault('provider_fault', 'ElevenLabs answered with something that is no speech.', {
    kept: 'The sound that had come is kept.',
    todo: 'Try again.',
    said,
  });
}
