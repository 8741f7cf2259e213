import type { StudioSettings } from '../../shared/controls/controls.ts';
import type { ExportFormat, LoudnessTarget } from '../../shared/schemas/export.ts';
import { HIGHEST_TRUE_PEAK } from '../../shared/sound/equal-loudness.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { truePeak } from '../../shared/sound/true-peak.ts';
import { type Encoded, encode, isLossy } from './encode.ts';
import { OPUS_RATE } from './encode-opus.ts';
import { type Levelled, reachLoudness } from './reach-loudness.ts';
import { renderExport } from './render-export.ts';

/** A take's sound and what is to become of it. */
export interface ExportJob {
  /** s16, one channel. */
  samples: Int16Array;
  /** Hz, of the take. */
  sampleRate: number;
  studio: StudioSettings;
  format: ExportFormat;
  /** Hz, of the file. */
  rate: number;
  loudness: LoudnessTarget | null;
  /** For the file's tags, where the format has them. */
  comment: string;
}

/** A finished file and what was measured on it. */
export interface ExportedTake {
  bytes: Uint8Array<ArrayBuffer>;
  /** Hz. */
  sampleRate: number;
  /** Gain added to reach the target, in dB. */
  gain: number;
  /** LUFS and dBTP of what is heard from the file. */
  loudness: number | null;
  truePeak: number | null;
  notes: string[];
}

/** How often a lossy format gets its peaks lowered by what it raised them. */
const ATTEMPTS = 4;
/** A lossy format keeps the level within this, or it is said, in LU. */
const LEVEL_KEPT = 0.15;

/** Encodes at the target loudness; where the format raises the peaks over the highest, again with that much to spare. */
async function encodeLevelled(sound: Float32Array, job: ExportJob, rate: number): Promise<[Levelled, Encoded]> {
  const level = (spare: number): Levelled =>
    job.loudness === null ? { samples: sound, gain: 0, notes: [] } : reachLoudness(sound, rate, job.loudness, spare);
  let spare = 0;
  let levelled = level(spare);
  let encoded = await encode(levelled.samples, rate, job.format, job.comment);
  if (job.loudness === null || !isLossy(job.format)) return [levelled, encoded];
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const over = (truePeak(encoded.heard) ?? HIGHEST_TRUE_PEAK) - HIGHEST_TRUE_PEAK;
    if (over <= 0) break;
    spare += over;
    levelled = level(spare);
    encoded = await encode(levelled.samples, rate, job.format, job.comment);
  }
  return [levelled, encoded];
}

/**
 * Makes the file of one take: rendered as heard, brought to its rate and loudness, encoded, and measured.
 *
 * @param onProgress 0 to 1
 */
export async function exportTake(job: ExportJob, onProgress: (progress: number) => void): Promise<ExportedTake> {
  const rate = job.format === 'opus' ? OPUS_RATE : job.rate;
  const rendered = await renderExport(job.samples, job.sampleRate, job.studio, rate, (part) => onProgress(part * 0.8));
  const [levelled, { bytes, heard }] = await encodeLevelled(rendered, job, rate);
  const notes = [...levelled.notes];
  if (rate !== job.rate) notes.push(`Opus is always ${OPUS_RATE} Hz.`);
  const clipped = levelled.samples.reduce((count, sample) => count + (Math.abs(sample) > 1 ? 1 : 0), 0);
  if (clipped > 0) notes.push(`It is louder than full scale: ${clipped} samples were clipped. Turn the volume down.`);
  const peak = truePeak(heard);
  if (job.loudness !== null && peak !== null && peak > HIGHEST_TRUE_PEAK) {
    notes.push(`${job.format} raised its true peak to ${peak.toFixed(2)} dB.`);
  }
  const loudness = measureLoudness(heard, rate);
  if (job.loudness === null && isLossy(job.format)) {
    const lost = (measureLoudness(levelled.samples, rate) ?? 0) - (loudness ?? 0);
    if (Math.abs(lost) > LEVEL_KEPT) notes.push(`${job.format} made it ${lost.toFixed(1)} LU quieter.`);
  }
  onProgress(1);
  return {
    bytes,
    sampleRate: rate,
    gain: levelled.gain,
    loudness,
    truePeak: peak,
    notes,
  };
}
