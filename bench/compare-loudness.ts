import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { equalGains, heardLevel, LEAST_SPEECH } from '../shared/sound/equal-loudness.ts';
import { measureLoudness } from '../shared/sound/loudness.ts';
import { dbToGain, floatToS16, s16ToFloat } from '../shared/sound/pcm.ts';
import { referenceLoudness } from '../shared/sound/testing/reference-meter.ts';
import { atRate, joined, sine, testSpeech } from '../shared/sound/testing/speech.ts';
import { truePeak } from '../shared/sound/true-peak.ts';
import type { Figure } from './figure.ts';

/** One channel of a signal that the document has in two of the same level. */
const MONO = -3.01;
const HALF = 20 * Math.log10(0.5);

const LONG =
  'The ship sails at noon, and nobody knows who will be on board. Would you rather wait for the evening, or come along now?';
const VOICES = [
  {},
  { gender: 2, rate: 210 },
  { voice: 'en-gb-scotland', pitch: 70 },
  { gender: 1, pitch: 20, rate: 130 },
];
const STUDIOS: StudioSettings[] = [
  NEUTRAL_STUDIO,
  { speed: 1.25, pitch: 2, volume: -9 },
  { speed: 0.8, pitch: -3, volume: 6 },
  { speed: 1, pitch: 0, volume: -17 },
];

function times(samples: Float32Array, db: number): Float32Array {
  return samples.map((sample) => sample * dbToGain(db));
}

/** Half a second of a sound around its middle, cut softly, so that it is speech from end to end. */
function shortPiece(samples: Float32Array, rate: number): Float32Array {
  const length = Math.round(0.5 * rate);
  const meter = (from: number) => samples.subarray(from, from + length).reduce((sum, x) => sum + x * x, 0);
  let best = 0;
  for (let from = 0; from + length < samples.length; from += Math.round(0.05 * rate)) {
    if (meter(from) > meter(best)) best = from;
  }
  return samples.slice(best, best + length);
}

/** Takes of several voices with settings of their own, brought to the same loudness, and what another meter makes of it. */
async function leftOver(rate: number, short: boolean): Promise<number> {
  const heard: Float32Array[] = [];
  for (const [index, voice] of VOICES.entries()) {
    const spoken = await testSpeech(LONG, voice);
    const whole = atRate(s16ToFloat(spoken.samples), spoken.sampleRate, rate);
    const take = floatToS16(short ? shortPiece(whole, rate) : whole);
    const studio = STUDIOS[index] ?? NEUTRAL_STUDIO;
    // Half a second at another speed would be less than one block.
    heard.push(await renderOffline(take, rate, short ? { ...studio, speed: 1 } : studio));
  }
  const levels = heard.map((frames) => heardLevel(frames, CHAIN_RATE));
  if (levels.some(({ speech }) => speech < LEAST_SPEECH)) throw new Error('A clip has too little speech in it.');
  const { gains } = equalGains(levels);
  const after = heard.map((frames, index) => referenceLoudness(times(frames, gains[index] ?? 0), CHAIN_RATE));
  return Math.max(...after) - Math.min(...after);
}

/** Cases 1 to 5 of EBU Tech 3341 for integrated loudness, in one channel. */
function integratedError(rate: number): number {
  const tone = (seconds: number, level: number) => sine(seconds, rate, 1000, level);
  const cases: [Float32Array, number][] = [
    [tone(20, -23), -23],
    [tone(20, -33), -33],
    [joined(tone(10, -36), tone(60, -23), tone(10, -36)), -23],
    [joined(tone(10, -72), tone(10, -36), tone(60, -23), tone(10, -36), tone(10, -72)), -23],
    [joined(tone(20, -26), tone(20.1, -20), tone(20, -26)), -23],
  ];
  return Math.max(...cases.map(([signal, lufs]) => Math.abs((measureLoudness(signal, rate) ?? 0) - (lufs + MONO))));
}

/** A second of a sine that comes and goes over a tenth of a second each, as the document has it. */
function tapered(signal: Float32Array, rate: number): Float32Array {
  const taper = rate / 10;
  return signal.map((value, i) => {
    const edge = Math.min(1, i / taper, (signal.length - 1 - i) / taper);
    return value * (0.5 - 0.5 * Math.cos(Math.PI * edge));
  });
}

/**
 * A swelling sine of a sixth of the rate whose peak of 0 dBTP lies so many quarters of a sample beside one: in the place
 * of cases 20 to 23, which are a signal of four times the rate taken down with four offsets.
 */
function between(rate: number, quarters: number): Float32Array {
  const middle = rate / 2 + quarters / 4;
  return Float32Array.from({ length: rate }, (_, i) => {
    const swell = Math.max(0, 1 - Math.abs(i - middle) / (rate * 0.4));
    const level = 0.5 + 0.5 * (0.5 - 0.5 * Math.cos(Math.PI * swell));
    return level * Math.cos((2 * Math.PI * (i - middle)) / 6) * Math.min(1, i / 2000, (rate - 1 - i) / 2000);
  });
}

/** Cases 15 to 23 of EBU Tech 3341 for true peak: how far over and under, in dB. */
function peakErrors(rate: number): number[] {
  const phase = (degrees: number) => (degrees * Math.PI) / 180;
  const quarter = (degrees: number, level: number) => tapered(sine(1, rate, rate / 4, level, phase(degrees)), rate);
  const cases: [Float32Array, number][] = [
    [quarter(0, HALF), HALF],
    [quarter(45, HALF), HALF],
    [quarter(60, HALF), HALF],
    [quarter(67.5, HALF), HALF],
    [quarter(45, 20 * Math.log10(1.41)), 20 * Math.log10(1.41)],
    ...[0, 1, 2, 3].map((quarters): [Float32Array, number] => [between(rate, quarters), 0]),
  ];
  return cases.map(([signal, dbtp]) => (truePeak(signal) ?? 0) - dbtp);
}

/** How near the studio's meters and its matching of loudness come to what they should. */
export async function loudnessFigures(): Promise<Figure[]> {
  const left: number[] = [];
  for (const rate of [24_000, 44_100]) for (const short of [false, true]) left.push(await leftOver(rate, short));
  const worst = Math.max(...left);
  const integrated = Math.max(...[24_000, 44_100, 48_000].map(integratedError));
  const peaks = [24_000, 44_100, 48_000].flatMap(peakErrors);
  const [over, under] = [Math.max(...peaks), Math.min(...peaks)];
  return [
    {
      what: 'loudness left between four slots (24 and 44.1 kHz, long and 0.5 s)',
      reach: 'at most 0.1 LU',
      got: worst,
      unit: 'LU',
      ok: worst <= 0.1,
    },
    {
      what: 'EBU Tech 3341, 1-5: integrated loudness off by',
      reach: 'at most 0.1 LU',
      got: integrated,
      unit: 'LU',
      ok: integrated <= 0.1,
    },
    {
      what: 'EBU Tech 3341, 15-23: true peak off by',
      reach: '+0.2 / -0.4 dB',
      got: `${over.toFixed(2)} / ${under.toFixed(2)}`,
      unit: 'dB',
      ok: over <= 0.2 && under >= -0.4,
    },
  ];
}
