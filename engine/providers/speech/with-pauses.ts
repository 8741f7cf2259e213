import { fault } from '../../../shared/errors.ts';
import { partAtPauses } from '../../../shared/text/split.ts';
import { leave, onEnd } from '../patience/on-end.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { joinTimings } from './join-timings.ts';

/** Speaks one text that has no pause marks in it. */
export type Speak = (request: SpeechRequest, signal: AbortSignal) => Promise<SpeechStream>;

const HAS_SPEECH = /[\p{L}\p{N}]/u;

/** A silence or a text, in the order in which they are heard. */
type Part = { kind: 'speech'; request: SpeechRequest } | { kind: 'pause'; seconds: number };

/** A part that is spoken, and where it begins in the sound of the whole. */
interface SpokenPart {
  stream: SpeechStream;
  /** Seconds; 0 as long as its turn has not come. */
  offset: number;
}

function partsOf(request: SpeechRequest): Part[] {
  return partAtPauses(request.text).flatMap((part): Part[] => {
    if (part.kind === 'pause') return [part];
    const text = part.text.trim();
    return HAS_SPEECH.test(text) ? [{ kind: 'speech', request: { ...request, text } }] : [];
  });
}

/**
 * Speaks a text with pause marks with a model that knows none: parted at the marks, each part asked for by itself when
 * its turn comes, silence put between, all in one stream with the costs and timings of all. A text without marks is
 * asked for as it is.
 *
 * @throws FaultError invalid where there are only pauses, and what speaking throws
 */
export async function withPauses(speak: Speak, request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream> {
  const parts = partsOf(request);
  if (!parts.some((part) => part.kind === 'pause')) return speak(request, signal);
  const first = parts.findIndex((part) => part.kind === 'speech');
  const opening = parts[first];
  if (opening?.kind !== 'speech') throw fault('invalid', 'There is nothing to speak but pauses.', { param: 'text' });
  const begun = await speak(opening.request, signal);
  const spoken: SpokenPart[] = [{ stream: begun, offset: 0 }];
  const { sampleRate } = begun;
  let samples = 0;

  async function* sound(part: Part, isFirst: boolean): AsyncGenerator<Int16Array> {
    if (part.kind === 'pause') {
      yield new Int16Array(Math.round(part.seconds * sampleRate));
      return;
    }
    const stream = isFirst ? begun : await speak(part.request, signal);
    if (isFirst) spoken[0] = { stream, offset: samples / sampleRate };
    else spoken.push({ stream, offset: samples / sampleRate });
    if (stream.sampleRate !== sampleRate) {
      throw fault('bad_audio', 'The parts of the text came at different sample rates.', {
        kept: 'The sound that had come is kept.',
        todo: 'Take the pause marks out, or try again.',
      });
    }
    yield* stream.chunks;
  }

  async function* chunks() {
    for (const [index, part] of parts.entries()) {
      for await (const chunk of sound(part, index === first)) {
        samples += chunk.length;
        yield chunk;
      }
    }
  }

  return {
    sampleRate,
    totalSamples: null,
    request: { ...begun.request, parts: parts.length },
    seed: begun.seed,
    ...(begun.sentAt === undefined ? {} : { sentAt: begun.sentAt }),
    chunks: onEnd(chunks(), () => {
      // A part whose first piece was never taken does not learn by itself that it was left.
      for (const { stream } of spoken) leave(stream.chunks);
    }),
    cost() {
      const costs = spoken.map(({ stream }) => stream.cost());
      const billed = costs.map((cost) => cost.billed);
      return {
        estimated: costs.reduce((sum, cost) => sum + cost.estimated, 0),
        billed: billed.includes(null) ? null : billed.reduce<number>((sum, amount) => sum + (amount ?? 0), 0),
        currency: costs[0]?.currency ?? '',
      };
    },
    timings: () => joinTimings(spoken.map(({ stream, offset }) => ({ timings: stream.timings?.() ?? null, offset }))),
  };
}
