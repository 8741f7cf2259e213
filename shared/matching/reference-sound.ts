import { CHAIN_RATE } from '../sound/chain-format.ts';
import { floatToS16, WAV_HEADER_BYTES } from '../sound/pcm.ts';
import { PcmSource } from '../sound/source.ts';
import { SourceReader } from '../sound/source-reader.ts';

/** Sound of one channel. */
export interface ReferencePiece {
  /** s16. */
  samples: Int16Array;
  /** Hz, 8000 to 48000. */
  sampleRate: number;
}

/** What a reference may be at most. */
export interface ReferenceLimits {
  /** Seconds. */
  mostSeconds: number;
  /** Bytes of its WAV file; null for any. */
  mostBytes: number | null;
}

/** Seconds of silence between two pieces: a pause between sentences, so that no word runs into the next one. */
const PAUSE = 0.35;
/** Seconds over which a piece begins and ends, so that it does not click. */
const FADE = 0.005;
/** Seconds before the limit in which a pause is looked for to end in, and of the window in which it must be quietest. */
const LOOK_BACK = 3;
const QUIET = 0.05;

/** A piece at the chain's rate. @throws FaultError unsupported */
function atChainRate({ samples, sampleRate }: ReferencePiece): ReferencePiece {
  const source = new PcmSource(sampleRate);
  source.append(samples);
  source.end();
  const reader = new SourceReader();
  reader.attach(source);
  const frames = new Float32Array(reader.available);
  reader.read(0, frames.length, frames, 0);
  return { samples: floatToS16(frames), sampleRate: CHAIN_RATE };
}

/** Fades a part in and out. */
function fade(samples: Int16Array, length: number): void {
  const most = Math.min(length, Math.floor(samples.length / 2));
  for (let i = 0; i < most; i += 1) {
    const gain = i / most;
    const last = samples.length - 1 - i;
    samples[i] = Math.round((samples[i] ?? 0) * gain);
    samples[last] = Math.round((samples[last] ?? 0) * gain);
  }
}

function joined(pieces: readonly ReferencePiece[], sampleRate: number): Int16Array {
  const pause = Math.round(PAUSE * sampleRate);
  const total = pieces.reduce((sum, { samples }) => sum + samples.length, pause * Math.max(0, pieces.length - 1));
  const all = new Int16Array(total);
  let at = 0;
  for (const { samples } of pieces) {
    all.set(samples, at);
    fade(all.subarray(at, at + samples.length), Math.round(FADE * sampleRate));
    at += samples.length + pause;
  }
  return all;
}

/** Where a sound that is too long ends best: in the middle of its quietest moment shortly before the limit. */
function quietEnd(samples: Int16Array, limit: number, sampleRate: number): number {
  const window = Math.round(QUIET * sampleRate);
  let [quietest, end] = [Number.POSITIVE_INFINITY, limit];
  for (let from = limit - window; from >= Math.max(0, limit - LOOK_BACK * sampleRate); from -= window) {
    let energy = 0;
    for (let i = from; i < from + window; i += 1) energy += (samples[i] ?? 0) ** 2;
    // The first one found is the last one heard: of equal ones the longest sound is kept.
    if (energy < quietest) [quietest, end] = [energy, from + Math.floor(window / 2)];
  }
  return end;
}

/**
 * Recordings of a voice as one reference for a model: joined in their order with short pauses, and ended in a pause where
 * they are longer than the limits. Of one rate they keep it; of several they come to 48 kHz.
 *
 * @param pieces one at least
 * @throws FaultError unsupported for a rate that cannot be played
 */
export function referenceSound(pieces: readonly ReferencePiece[], limits: ReferenceLimits): ReferencePiece {
  const rates = new Set(pieces.map(({ sampleRate }) => sampleRate));
  const alike = rates.size > 1 ? pieces.map(atChainRate) : pieces;
  const sampleRate = alike[0]?.sampleRate ?? CHAIN_RATE;
  const samples = joined(alike, sampleRate);
  const bytes = limits.mostBytes ?? Number.POSITIVE_INFINITY;
  const limit = Math.floor(Math.min(limits.mostSeconds * sampleRate, (bytes - WAV_HEADER_BYTES) / 2));
  if (samples.length <= limit) return { samples, sampleRate };
  const kept = samples.slice(0, quietEnd(samples, limit, sampleRate));
  fade(kept, Math.round(FADE * sampleRate));
  return { samples: kept, sampleRate };
}
