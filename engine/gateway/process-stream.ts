import type { StudioSettings } from '../../shared/controls/controls.ts';
import { createChain } from '../../shared/sound/chain-offline.ts';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { RateConverter } from '../../shared/sound/rate-converter.ts';
import type { SpeechStream } from '../providers/provider.ts';

/**
 * A provider's stream with the studio's own speed, pitch and volume, at the rate asked for, as it is made: the player's
 * chain, then the rate. Where nothing is asked of the studio the samples pass untouched.
 *
 * @param rate Hz
 */
export async function* processStream(
  stream: SpeechStream,
  studio: StudioSettings,
  rate: number,
): AsyncGenerator<Int16Array> {
  const neutral = studio.speed === 1 && studio.pitch === 0 && studio.volume === 0;
  if (neutral && rate === stream.sampleRate) {
    yield* stream.chunks;
    return;
  }
  const chain = createChain(stream.sampleRate, studio);
  const converter = new RateConverter(rate);
  function* pull() {
    for (let frames = chain.pull(); frames && frames.length > 0; frames = chain.pull()) {
      const out = floatToS16(converter.push(frames));
      if (out.length > 0) yield out;
    }
  }
  for await (const chunk of stream.chunks) {
    chain.push(chunk);
    yield* pull();
  }
  chain.end();
  yield* pull();
  const rest = floatToS16(converter.end());
  if (rest.length > 0) yield rest;
}
