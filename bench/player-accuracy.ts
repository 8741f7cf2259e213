import { PitchDetector } from 'pitchy';
import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { testSpeech } from '../shared/sound/testing/speech.ts';
import type { Figure } from './figure.ts';

const PITCHES = [-7, -5.5, -4, -2, -0.5, 0.5, 2, 4, 5.5, 7];
const SPEEDS = [0.5, 0.6, 0.75, 0.9, 1.1, 1.3, 1.6, 2];
const VOICES = [
  { voice: 'en-us', pitch: 20 },
  { voice: 'en-us', pitch: 50 },
  { voice: 'en-us', pitch: 85 },
];
const TEXT =
  'A long while ago, many amazing sailors rowed away into the morning sun, and none of them ever knew why. ' +
  'We all remember nearly every evening; rain, wind and low waves were normal in those years.';

const WINDOW = 2048;
const STEP = 240;

/** Fundamental each 5 ms in Hz, 0 where there is none that is sure. */
function track(frames: Float32Array, speed: number, length: number): number[] {
  const detector = PitchDetector.forFloat32Array(WINDOW);
  const pitches: number[] = [];
  for (let centre = 0; centre < length; centre += STEP) {
    const from = Math.round(centre / speed) - WINDOW / 2;
    if (from < 0 || from + WINDOW > frames.length) {
      pitches.push(0);
      continue;
    }
    const [pitch, clarity] = detector.findPitch(frames.subarray(from, from + WINDOW), CHAIN_RATE);
    pitches.push(clarity > 0.9 && pitch > 40 && pitch < 700 ? pitch : 0);
  }
  return pitches;
}

/** Seconds from the first to the last 10 ms with sound: duration as it is heard, not as it is counted. */
function heardSeconds(frames: Float32Array, loudest: number): number {
  const size = 480;
  let first = -1;
  let last = 0;
  for (let at = 0; at + size <= frames.length; at += size) {
    const piece = frames.subarray(at, at + size);
    const level = Math.sqrt(piece.reduce((sum, x) => sum + x * x, 0) / size);
    if (level < loudest * 0.02) continue;
    if (first < 0) first = at;
    last = at + size;
  }
  return (last - first) / CHAIN_RATE;
}

/** Accuracy of pitch and duration on speech, each also where only the other one is changed. */
export async function accuracyFigures(): Promise<Figure[]> {
  const worst = { pitch: 0, pitchKept: 0, duration: 0, durationKept: 0 };
  for (const { voice, pitch: basePitch } of VOICES) {
    const { samples, sampleRate } = await testSpeech(TEXT, { voice, pitch: basePitch });
    const render = (change: Partial<StudioSettings>) =>
      renderOffline(samples, sampleRate, { ...NEUTRAL_STUDIO, ...change });
    const neutral = await render({});
    const before = track(neutral, 1, neutral.length);
    const loudest = Math.sqrt(neutral.reduce((sum, x) => sum + x * x, 0) / neutral.length);
    const seconds = heardSeconds(neutral, loudest);
    const measure = async (pitch: number, speed: number) => {
      const frames = await render({ pitch, speed });
      const ratios = track(frames, speed, neutral.length)
        .map((hertz, i) => hertz / (before[i] || Number.POSITIVE_INFINITY))
        .filter((ratio) => ratio > 0)
        .sort((a, b) => a - b);
      return {
        pitch: Math.abs((ratios[ratios.length >> 1] ?? 0) / 2 ** (pitch / 12) - 1) * 100,
        duration: Math.abs((heardSeconds(frames, loudest) * speed) / seconds - 1) * 100,
      };
    };
    for (const pitch of PITCHES) {
      const error = await measure(pitch, 1);
      worst.pitch = Math.max(worst.pitch, error.pitch);
      worst.durationKept = Math.max(worst.durationKept, error.duration);
    }
    for (const speed of SPEEDS) {
      const error = await measure(0, speed);
      worst.duration = Math.max(worst.duration, error.duration);
      worst.pitchKept = Math.max(worst.pitchKept, error.pitch);
    }
  }
  const figure = (what: string, got: number, limit: number): Figure => ({
    what,
    reach: `within ${limit} %`,
    got,
    unit: '%',
    ok: got <= limit,
  });
  return [
    figure('pitch at −7 to +7 st on speech, worst median error', worst.pitch, 0.5),
    figure('duration as heard at −7 to +7 st, worst error', worst.durationKept, 0.5),
    figure('duration as heard at speed 0.5 to 2, worst error', worst.duration, 1.5),
    figure('pitch at speed 0.5 to 2, worst median error', worst.pitchKept, 0.5),
  ];
}
