import { StudioSettings } from '../controls/controls.ts';
import { Chain } from './chain.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from './chain-format.ts';
import { filterBank, resampledLength } from './resampler.ts';
import { PcmSource } from './source.ts';

/** A take going through the chain as it arrives, for the gateway and for export. */
export interface ChainStream {
  /** Takes s16 samples at the source's rate over. */
  push(samples: Int16Array): void;
  /** Says that nothing more will come. */
  end(): void;
  /**
   * The next frames at {@link CHAIN_RATE}: as many as can be made now, at most `limit`; empty where more must be pushed
   * first, `null` once everything has come out.
   */
  pull(limit?: number): Float32Array<ArrayBuffer> | null;
}

/** Frames at {@link CHAIN_RATE} that a take becomes: exactly its own length divided by the speed. */
export function processedLength(samples: number, sampleRate: number, speed: number): number {
  return Math.round(resampledLength(filterBank(sampleRate), samples) / speed);
}

/**
 * A chain with its own source, fed and emptied piece by piece. However it is fed, the output is that of
 * {@link renderOffline}, bit for bit.
 *
 * @param sampleRate Hz, 8000 to 48000
 * @throws FaultError `unsupported` for another rate
 */
export function createChain(sampleRate: number, studio: StudioSettings): ChainStream {
  const source = new PcmSource(sampleRate);
  const chain = new Chain();
  chain.attach(source);
  chain.set(StudioSettings.parse(studio));
  let made = 0;

  return {
    push: (samples) => source.append(samples),
    end: () => source.end(),
    pull(limit = CHAIN_RATE) {
      const total = source.ended ? processedLength(source.length, sampleRate, studio.speed) : Number.POSITIVE_INFINITY;
      if (made >= total) return null;
      const blocks = Math.max(1, Math.floor(limit / CHAIN_BLOCK));
      const out = new Float32Array(Math.min(blocks, Math.ceil((total - made) / CHAIN_BLOCK)) * CHAIN_BLOCK);
      let filled = 0;
      while (filled < out.length && chain.canRender(CHAIN_BLOCK)) {
        chain.process(out.subarray(filled, filled + CHAIN_BLOCK));
        filled += CHAIN_BLOCK;
      }
      const length = Math.min(filled, total - made);
      made += length;
      return out.slice(0, length);
    },
  };
}

/**
 * Renders a whole take as it is heard: the same chain as the player's, in one go.
 *
 * Lets other work in between about every second of sound, and then reports progress.
 *
 * @param samples s16 mono; not changed
 * @param sampleRate Hz, 8000 to 48000
 * @param onProgress 0 to 1
 * @returns frames at {@link CHAIN_RATE}, exactly as long as the take divided by the speed; may go beyond ±1
 * @throws FaultError `unsupported` for another rate
 */
export async function renderOffline(
  samples: Int16Array,
  sampleRate: number,
  studio: StudioSettings,
  onProgress?: (part: number) => void,
): Promise<Float32Array<ArrayBuffer>> {
  const stream = createChain(sampleRate, studio);
  stream.push(samples);
  stream.end();
  const out = new Float32Array(processedLength(samples.length, sampleRate, studio.speed));
  let done = 0;
  for (let piece = stream.pull(); piece; piece = stream.pull()) {
    out.set(piece, done);
    done += piece.length;
    onProgress?.(done / out.length);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return out;
}
