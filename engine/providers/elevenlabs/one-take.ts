import { partAtPauses } from '../../../shared/text/split.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type Speak, withPauses } from '../speech/with-pauses.ts';

/** Characters of the text around a part that are told with it: more do not change the melody. */
const MOST_AROUND = 1000;

/**
 * Speaks a text with pause marks as one take: each part knows what is said around it, where the model takes that, and
 * what is told of the answers is that of the whole.
 *
 * @param stitches whether the model takes the text before and after
 */
export async function inOneTake(
  speak: Speak,
  request: SpeechRequest,
  stitches: boolean,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const streams: SpeechStream[] = [];
  const around = stitches ? surroundings(request) : (part: SpeechRequest) => part;
  const whole = await withPauses(
    async (part, stop) => {
      const stream = await speak(around(part), stop);
      streams.push(stream);
      return stream;
    },
    request,
    signal,
  );
  return { ...whole, answer: () => answerOf(streams.map((stream) => stream.answer?.() ?? {})) };
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
