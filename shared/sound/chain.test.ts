import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NEUTRAL_STUDIO, type StudioSettings } from '../controls/controls.ts';
import { Chain } from './chain.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from './chain-format.ts';
import { renderOffline } from './chain-offline.ts';
import { PcmSource } from './source.ts';
import { sine, testSpeech } from './testing/speech.ts';

let speech: { samples: Int16Array; sampleRate: number };
let neutral: Float32Array;
let source: PcmSource;
let chain: Chain;

beforeAll(async () => {
  speech = await testSpeech();
  neutral = await renderOffline(speech.samples, speech.sampleRate, NEUTRAL_STUDIO);
});

beforeEach(() => {
  source = new PcmSource(speech.sampleRate);
  source.append(speech.samples);
  source.end();
  chain = new Chain();
  chain.attach(source);
});

function set(change: Partial<StudioSettings>): void {
  chain.set({ ...NEUTRAL_STUDIO, ...change });
}

function run(frames: number): Float32Array {
  const out = new Float32Array(Math.ceil(frames / CHAIN_BLOCK) * CHAIN_BLOCK);
  for (let at = 0; at < out.length; at += CHAIN_BLOCK) chain.process(out.subarray(at, at + CHAIN_BLOCK));
  return out;
}

/** A source of one steady tone of 200 Hz, where any click stands out. */
function steady(seconds = 3): PcmSource {
  const tone = new PcmSource(24_000);
  tone.append(Int16Array.from(sine(seconds, 24_000, 200, -6), (x) => Math.round(x * 32_767)));
  tone.end();
  return tone;
}

/** Largest second difference: a steady tone of 200 Hz at −6 dBFS has 0.00034, a click far more. */
function roughness(frames: Float32Array): number {
  let most = 0;
  for (let i = 2; i < frames.length; i += 1) {
    const bend = (frames[i] ?? 0) - 2 * (frames[i - 1] ?? 0) + (frames[i - 2] ?? 0);
    most = Math.max(most, Math.abs(bend));
  }
  return most;
}

/** Frames from the start of `changed` to the first that differs from `unchanged`. */
function firstChange(changed: Float32Array, unchanged: Float32Array): number {
  return changed.findIndex((sample, i) => sample !== unchanged[i]);
}

describe('position', () => {
  test('runs at the speed set, and is exact at any time', () => {
    set({ speed: 1.5 });
    expect(chain.position).toBe(0);
    run(CHAIN_RATE);
    expect(chain.position).toBeCloseTo(1.5, 9);
  });

  test('moves on without a jump when speed changes, and is where the sound is', () => {
    set({ speed: 0.999_999 });
    run(0.5 * CHAIN_RATE);
    set({ speed: 2 });
    let before = chain.position;
    for (let block = 0; block < 100; block += 1) {
      run(CHAIN_BLOCK);
      const moved = ((chain.position - before) * CHAIN_RATE) / CHAIN_BLOCK;
      expect(moved).toBeGreaterThan(0.99);
      expect(moved).toBeLessThan(2.01);
      before = chain.position;
    }
    // Back to neutral, the dry sound takes over at the position shown: it must be the source there.
    set({});
    run(4 * CHAIN_BLOCK);
    const frame = Math.round(chain.position * CHAIN_RATE);
    expect([...run(1024)]).toEqual([...neutral.subarray(frame, frame + 1024)]);
  });

  test('what comes out stretched at a position is the source there', () => {
    set({ pitch: 1e-7 });
    chain.seek(0.7);
    const out = run(4800);
    const expected = neutral.subarray(0.7 * CHAIN_RATE, 0.7 * CHAIN_RATE + 4864);
    const difference = Math.max(...out.map((sample, i) => Math.abs(sample - (expected[i] ?? 0))));
    expect(difference).toBeLessThan(0.001);
  });

  test('ends when everything has come out', () => {
    set({ speed: 2 });
    let blocks = 0;
    while (!chain.ended) {
      run(CHAIN_BLOCK);
      blocks += 1;
    }
    expect(blocks * CHAIN_BLOCK).toBeLessThan(neutral.length / 2 + CHAIN_BLOCK);
    expect(blocks * CHAIN_BLOCK).toBeGreaterThanOrEqual(neutral.length / 2 - CHAIN_BLOCK);
  });
});

describe('a change while it plays', () => {
  test('of volume is heard from the next frame on and done after 5 ms', () => {
    const other = new Chain();
    for (const one of [chain, other]) one.attach(steady());
    processed(other);
    run(CHAIN_BLOCK);
    set({ volume: -12 });
    const [changed, unchanged] = [run(CHAIN_BLOCK), processed(other)];
    expect(changed[0]).not.toBe(unchanged[0]);
    run(CHAIN_BLOCK);
    processed(other);
    const gain = Math.fround(10 ** (-12 / 20));
    expect([...run(CHAIN_BLOCK)]).toEqual([...processed(other)].map((sample) => Math.fround(sample * gain)));
  });

  test.each<Partial<StudioSettings>>([{ pitch: 4 }, { speed: 1.4 }, { pitch: -7, speed: 0.7 }])(
    'from neutral to %j is heard within 15 ms',
    (change) => {
      run(CHAIN_RATE * 0.8);
      const at = Math.round(chain.position * CHAIN_RATE);
      set(change);
      expect(firstChange(run(4800), neutral.subarray(at, at + 4800))).toBeLessThan(0.015 * CHAIN_RATE);
    },
  );

  test('from one pitch to another is heard within 25 ms', () => {
    const other = new Chain();
    other.attach(source);
    other.set({ ...NEUTRAL_STUDIO, pitch: 2 });
    set({ pitch: 2 });
    for (let block = 0; block < 300; block += 1) {
      expect([...run(CHAIN_BLOCK)]).toEqual([...processed(other)]);
    }
    set({ pitch: 5 });
    let frames = 0;
    while (run(CHAIN_BLOCK).every(matches(processed(other)))) frames += CHAIN_BLOCK;
    expect(frames).toBeLessThan(0.025 * CHAIN_RATE);
  });

  test('never clicks, whatever is moved', () => {
    chain.attach(steady());
    run(4800);
    const moves: Partial<StudioSettings>[] = [
      { volume: -9 },
      { speed: 1.2 },
      {},
      { speed: 0.8, volume: 3 },
      { volume: 3 },
    ];
    for (const move of moves) {
      set(move);
      expect(roughness(run(4800))).toBeLessThan(0.004);
    }
  });

  test('back to neutral gives the source again, bit for bit', () => {
    run(4800);
    set({ pitch: 3 });
    run(4800);
    set({});
    run(1024);
    const at = Math.round(chain.position * CHAIN_RATE);
    expect([...run(1024)]).toEqual([...neutral.subarray(at, at + 1024)]);
  });

  test('sweeping back and forth through neutral leaves it sound', () => {
    for (let i = 0; i < 200; i += 1) {
      set({ pitch: Math.round(3 * Math.sin(i / 3)), speed: 1 + 0.5 * Math.round(Math.sin(i / 5)) });
      expect(run(640).every(Number.isFinite)).toBe(true);
    }
    expect(chain.position).toBeGreaterThan(0);
  });
});

describe('a start that is prepared', () => {
  test.each<Partial<StudioSettings>>([{}, { pitch: 4 }, { speed: 0.7, volume: -3 }])(
    'gives the same bits at %j, however far it was prepared',
    (change) => {
      set(change);
      chain.seek(0.9);
      const at = chain.position;
      const expected = [...run(20 * CHAIN_BLOCK)];
      for (let calls = 0; calls <= chain.preparations; calls += 1) {
        chain.seek(0.9);
        for (let call = 1; call <= calls; call += 1) expect(chain.prepare()).toBe(call === chain.preparations);
        expect(chain.position).toBe(at);
        expect([...run(20 * CHAIN_BLOCK)]).toEqual(expected);
      }
    },
  );

  test('knows where it will be some blocks on, whatever it goes over to', () => {
    set({ speed: 1.3 });
    chain.setLoop(0.3, 0.5);
    for (let block = 0; block < 120; block += 1) {
      if (block === 50) set({});
      if (block === 80) set({ pitch: 2 });
      const soon = chain.positionAfter(2);
      chain.process(new Float32Array(CHAIN_BLOCK));
      const next = chain.positionAfter(1);
      expect(next).toBeCloseTo(soon, 4);
    }
  });
});

describe('loop', () => {
  test('repeats a region, without a click and without losing a frame', () => {
    chain.attach(steady());
    chain.setLoop(0.5, 0.6225);
    chain.seek(0.5);
    expect(roughness(run(CHAIN_RATE))).toBeLessThan(0.002);
    const length = 0.1225;
    expect(chain.position).toBeCloseTo(0.5 + (1 % length), 6);
    expect(chain.ended).toBe(false);
  });

  test('stays inside the region at another speed', () => {
    set({ speed: 1.5 });
    chain.setLoop(0.5, 0.9);
    chain.seek(0.5);
    for (let block = 0; block < 1000; block += 1) {
      run(CHAIN_BLOCK);
      expect(chain.position).toBeGreaterThanOrEqual(0.5);
      expect(chain.position).toBeLessThan(0.9);
    }
  });

  test('of the whole take goes round its end', () => {
    chain.setLoop(0, Number.POSITIVE_INFINITY);
    run(neutral.length + 4800);
    expect(chain.ended).toBe(false);
    expect(chain.position).toBeLessThan(0.2);
  });
});

describe('a source that is still arriving', () => {
  test.each<Partial<StudioSettings>>([{}, { pitch: -5 }, { speed: 2 }])(
    'is waited for rather than made up at %j',
    async (change) => {
      const arriving = new PcmSource(speech.sampleRate);
      chain.attach(arriving);
      set(change);
      const expected = await renderOffline(speech.samples, speech.sampleRate, { ...NEUTRAL_STUDIO, ...change });
      const out = new Float32Array(expected.length + CHAIN_BLOCK);
      let made = 0;
      const make = () => {
        while (made < expected.length && chain.canRender(CHAIN_BLOCK)) {
          chain.process(out.subarray(made, made + CHAIN_BLOCK));
          made += CHAIN_BLOCK;
        }
      };
      for (let at = 0; at < speech.samples.length; at += 777) {
        arriving.append(speech.samples.slice(at, at + 777));
        make();
      }
      arriving.end();
      make();
      expect(expected.every((frame, i) => frame === out[i])).toBe(true);
    },
  );

  test('begins at neutral as soon as a few milliseconds are there', () => {
    const arriving = new PcmSource(24_000);
    chain.attach(arriving);
    arriving.append(new Int16Array(0.008 * 24_000));
    expect(chain.canRender(CHAIN_BLOCK)).toBe(true);
  });
});

function processed(other: Chain): Float32Array {
  const out = new Float32Array(CHAIN_BLOCK);
  other.process(out);
  return out;
}

function matches(other: Float32Array): (sample: number, i: number) => boolean {
  return (sample, i) => sample === other[i];
}
