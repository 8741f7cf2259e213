import { partAtPauses } from '../../../shared/text/split.ts';
import { leave, onEnd } from '../patience/on-end.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type Speak, withPauses } from '../speech/with-pauses.ts';
import { later } from './timings.ts';

/** Characters of the text around a part that are told with it: more do not change the melody. */
const MOST_AROUND = 1000;

/** A part of a take, and where it begins in the sound. */
interface SpokenPart {
  stream: SpeechStream;
  /** Seconds. */
  offset: number;
}

/**
 * Speaks a text with pause marks as one take: each part knows what is said around it, where the model takes that, and
 * timings and credits are those of the whole.
 *
 * @param stitches whether the model takes the text before and after
 */
export async function inOneTake(
  speak: Speak,
  request: SpeechRequest,
  stitches: boolean,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const parts: SpokenPart[] = [];
  const around = stitches ? surroundings(request) : (part: SpeechRequest) => part;
  let samples = 0;

  const whole = await withPauses(
    async (part, stop) => {
      const stream = await speak(around(part), stop);
      const spoken: SpokenPart = { stream, offset: 0 };
      parts.push(spoken);
      async function* chunks() {
        // Everything before it has been taken when its first piece is.
        spoken.offset = samples / stream.sampleRate;
        yield* stream.chunks;
      }
      return { ...stream, chunks: chunks() };
    },
    request,
    signal,
  );

  async function* chunks() {
    for await (const chunk of whole.chunks) {
      yield chunk;
      samples += chunk.length;
    }
  }

  return {
    ...whole,
    chunks: onEnd(chunks(), () => {
      // A part whose first piece was never taken does not learn by itself that it was left.
      for (const { stream } of parts) leave(stream.chunks);
    }),
    answer: () => answerOf(parts.map(({ stream }) => stream.answer?.() ?? {})),
    timings: () => timingsOf(parts),
  };
}

/** What is told of all parts: as it is of one, or the sum of credits and all the ids. */
function answerOf(answers: readonly Record<string, unknown>[]): Record<string, unknown> {
  const [first = {}] = answers;
  if (answers.length < 2) return first;
  const credits = answers.map((answer) => answer.credits);
  const sum = credits.reduce<number>((total, one) => total + (typeof one === 'number' ? one : 0), 0);
  return {
    ...answers.at(-1),
    requestId: first.requestId,
    requestIds: answers.map(({ requestId }) => requestId),
    credits: credits.every((one) => typeof one === 'number') ? sum : null,
  };
}

function timingsOf(parts: readonly SpokenPart[]) {
  const all = parts.flatMap(({ stream, offset }) => {
    const timings = stream.timings?.() ?? null;
    return timings ? [later(timings, offset)] : [];
  });
  if (all.length === 0) return null;
  return {
    characters: all.flatMap(({ characters }) => characters),
    starts: all.flatMap(({ starts }) => starts),
    ends: all.flatMap(({ ends }) => ends),
  };
}

/** Tells each part, asked for in order, the text before and after it; the first and last one what the request says. */
function surroundings({ text, parameters }: SpeechRequest): (part: SpeechRequest) => SpeechRequest {
  const words = (piece: string) =>
    partAtPauses(piece)
      .flatMap((part) => (part.kind === 'text' ? [part.text.trim()] : []))
      .join(' ')
      .trim();
  let end = 0;
  return (part) => {
    const at = Math.max(text.indexOf(part.text, end), end);
    const before = words(text.slice(0, at)).slice(-MOST_AROUND);
    end = at + part.text.length;
    const after = words(text.slice(end)).slice(0, MOST_AROUND);
    const told = { ...parameters };
    if (before !== '') told.previous_text = before;
    if (after !== '') told.next_text = after;
    return { ...part, parameters: told };
  };
}
