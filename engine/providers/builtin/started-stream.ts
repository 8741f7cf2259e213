import { fault } from '../../../shared/errors.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { joinTimings, type PartTimings } from '../speech/join-timings.ts';

/**
 * Sound whose first piece is there already. A piece that is silence alone does not count as begun.
 *
 * @param told when what was said is heard; read after the last piece
 */
export async function startedStream(
  request: SpeechRequest,
  sampleRate: number,
  sound: AsyncGenerator<Int16Array>,
  signal: AbortSignal,
  told: readonly PartTimings[],
): Promise<SpeechStream> {
  const begun: Int16Array[] = [];
  for (;;) {
    const next = await sound.next();
    if (next.done) {
      throw fault('invalid', 'There is nothing in this text that can be spoken.', {
        param: 'text',
        todo: 'Type at least one word.',
      });
    }
    begun.push(next.value);
    if (next.value.some((sample) => sample !== 0)) break;
  }
  async function* chunks() {
    try {
      yield* begun;
      yield* sound;
      if (signal.aborted) throw fault('cancelled', 'The take was cancelled.', { kept: 'What had arrived is kept.' });
    } finally {
      await sound.return(undefined);
    }
  }
  return {
    sampleRate,
    totalSamples: null,
    request: { ...request },
    seed: null,
    chunks: chunks(),
    cost: () => ({ estimated: 0, billed: null, currency: '' }),
    timings: () => joinTimings(told),
  };
}
