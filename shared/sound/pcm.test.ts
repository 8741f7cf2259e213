import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToS16, dbToGain, floatToS16, gainToDb, s16ToBytes, s16ToFloat, wavFile, wavHeader } from './pcm.ts';

const ALL = Int16Array.from({ length: 65536 }, (_, i) => i - 32768);

describe('s16 and float', () => {
  it('give every one of the 65,536 samples back', () => {
    expect(floatToS16(s16ToFloat(ALL))).toEqual(ALL);
  });

  it('round to the nearest, clip, and take what is no number for silence', () => {
    const floats = Float32Array.of(1, -1, 2, -2, 0.4 / 32768, 0.6 / 32768, Number.NaN, Number.POSITIVE_INFINITY);
    expect([...floatToS16(floats)]).toEqual([32767, -32768, 32767, -32768, 0, 1, 0, 32767]);
  });
});

describe('bytes', () => {
  it('have the low byte first', () => {
    expect([...s16ToBytes(Int16Array.of(1, -2, 0x1234))]).toEqual([1, 0, 0xfe, 0xff, 0x34, 0x12]);
  });

  it('come back as they were, from any place in a buffer, without an odd last one', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.integer({ min: 0, max: 7 }), fc.boolean(), (samples, offset, odd) => {
        const bytes = new Uint8Array(offset + samples.length * 2 + (odd ? 1 : 0));
        bytes.set(s16ToBytes(samples), offset);
        expect(bytesToS16(bytes.subarray(offset))).toEqual(samples);
      }),
      { seed: 1 },
    );
  });
});

describe('dB', () => {
  it('and gain are each other turned round', () => {
    expect(dbToGain(-6)).toBeCloseTo(0.5012, 4);
    expect(gainToDb(dbToGain(-13.7))).toBeCloseTo(-13.7, 10);
    expect(gainToDb(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(dbToGain(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});

describe('the WAV header', () => {
  it('says one channel, 16 bits, the rate, and how much follows', () => {
    const file = wavFile(Int16Array.of(1, 2, 3), 22050);
    const view = new DataView(file.buffer);
    expect(Buffer.from(file).toString('latin1', 0, 4)).toBe('RIFF');
    expect(view.getUint32(4, true)).toBe(file.length - 8);
    expect(view.getUint16(20, true)).toBe(1);
    expect(view.getUint16(22, true)).toBe(1);
    expect(view.getUint32(24, true)).toBe(22050);
    expect(view.getUint32(28, true)).toBe(44100);
    expect(view.getUint16(34, true)).toBe(16);
    expect(view.getUint32(40, true)).toBe(6);
    expect(file.length).toBe(50);
  });

  it('stays within its 32 bits', () => {
    const view = new DataView(wavHeader(3e9, 48000).buffer);
    expect(view.getUint32(4, true)).toBe(0xffffffff);
  });

  it('of a stream leaves the length open', () => {
    const view = new DataView(wavHeader(Number.POSITIVE_INFINITY, 24000).buffer);
    expect(view.getUint32(4, true)).toBe(0xffffffff);
    expect(view.getUint32(40, true)).toBe(0xffffffff - 36);
    expect(view.getUint32(24, true)).toBe(24000);
  });
});
