import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { bytesToS16, floatToS16, s16ToFloat, WAV_HEADER_BYTES } from '../shared/sound/pcm.ts';
import type { Figure } from './figure.ts';
import type { StudioPage } from './player-page.ts';
import { BENCH_RATE, benchSound } from './player-provider.ts';

const CLIP = 4;
/** Frames of a spectrum, 21 ms, and from one to the next. */
const SPECTRUM = 1024;
const HOP = 512;
/** Power below which a bin is taken as this: −100 dB, under the rounding of 16 bits. */
const FLOOR = 1e-10 * SPECTRUM;

const STUDIOS: StudioSettings[] = [
  NEUTRAL_STUDIO,
  { speed: 0.8, pitch: 3, volume: -2 },
  { speed: 1.5, pitch: -5, volume: -6 },
];

/** Exports against an offline render, and against a recording of what the page played. */
export async function exportFigures(studio: StudioPage): Promise<Figure[]> {
  let different = 0;
  let distance = 0;
  let level = 0;
  const samples = await benchSound('ready', CLIP);
  for (const settings of STUDIOS) {
    await studio.desk('ready', `Speak for ${CLIP} seconds.`, settings);
    await studio.record();
    await studio.renderAgain();
    await studio.until('ended');
    const { samples: played } = await studio.recorded();
    const exported = await exportNewest(studio);
    const offline = floatToS16(await renderOffline(samples, BENCH_RATE, settings));
    if (offline.length !== exported.length) different += Math.abs(offline.length - exported.length);
    for (let i = 0; i < offline.length; i += 1) if (offline[i] !== exported[i]) different += 1;

    const file = s16ToFloat(exported);
    const first = played.findIndex((sample) => sample !== 0);
    const heard = aligned(played, file, first - (first % 128));
    distance = Math.max(distance, logSpectralDistance(file, heard));
    level = Math.max(level, Math.abs(20 * Math.log10(rms(file) / rms(heard))));
  }
  return [
    {
      what: 'export against an offline render: samples that differ',
      reach: '0',
      got: different,
      unit: 'samples',
      ok: different === 0,
    },
    {
      what: 'export against a recording: log-spectral distance',
      reach: 'at most 2 dB',
      got: distance,
      unit: 'dB',
      ok: distance <= 2,
    },
    {
      what: 'export against a recording: level',
      reach: 'within 0.1 dB',
      got: level,
      unit: 'dB',
      ok: level <= 0.1,
    },
  ];
}

/** The newest take, exported as WAV at the chain's rate. */
async function exportNewest(studio: StudioPage): Promise<Int16Array> {
  const { takes } = (await (await studio.call('/api/takes?sort=newest&limit=1')).json()) as { takes: { id: string }[] };
  const takeIds = takes.map(({ id }) => id);
  const body = JSON.stringify({ takeIds, format: 'wav', sampleRate: 48_000, sidecar: false });
  const file = await (await studio.call('/api/exports', { method: 'POST', body })).arrayBuffer();
  return bytesToS16(new Uint8Array(file).subarray(WAV_HEADER_BYTES));
}

/** What was played, cut to the file: its first sound may come some blocks after its beginning. */
function aligned(played: Float32Array, file: Float32Array, onset: number): Float32Array {
  const silent = file.findIndex((sample) => sample !== 0);
  const from = Math.max(0, onset - (silent - (silent % 128)));
  const out = new Float32Array(file.length);
  out.set(played.subarray(from, from + file.length));
  return out;
}

function rms(frames: Float32Array): number {
  return Math.sqrt(frames.reduce((sum, x) => sum + x * x, 0) / frames.length);
}

/** Mean over time of the root mean square difference of the two spectra in dB (Gray & Markel 1976). */
function logSpectralDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + SPECTRUM <= a.length; at += HOP) {
    const [x, y] = [powers(a, at), powers(b, at)];
    const square = x.reduce((total, power, i) => total + (10 * Math.log10(power / (y[i] ?? 1))) ** 2, 0);
    sum += Math.sqrt(square / x.length);
    count += 1;
  }
  return sum / count;
}

/** Power in 64 bands of a Hann-windowed piece, by direct sums: a benchmark needs no fast one. */
function powers(frames: Float32Array, at: number): number[] {
  return Array.from({ length: 64 }, (_, band) => {
    const step = (2 * Math.PI * (band + 1) * 4) / SPECTRUM;
    let [real, imaginary] = [0, 0];
    for (let i = 0; i < SPECTRUM; i += 1) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SPECTRUM);
      const sample = (frames[at + i] ?? 0) * window;
      real += sample * Math.cos(i * step);
      imaginary -= sample * Math.sin(i * step);
    }
    return Math.max(FLOOR, real * real + imaginary * imaginary);
  });
}
