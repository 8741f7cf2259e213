import { describe, expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { inPieces, type WavOptions, wavOf } from '../../testing/wav-of.ts';
import { WavReader } from './wav-reader.ts';

/** A tone of exact s16 values, so that every way of writing it gives the same samples back. */
const TONE = Array.from({ length: 300 }, (_, i) => Math.round(20_000 * Math.sin(i / 7)) / 32_768);
const S16 = TONE.map((sample) => sample * 32_768);
const MONO = [TONE];

function read(bytes: Uint8Array, size = bytes.length) {
  const reader = new WavReader();
  const samples = inPieces(bytes, size).flatMap((piece) => [...reader.push(piece)]);
  return { samples: [...samples, ...reader.end()], format: reader.format };
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (thrown) {
    return toFault(thrown).code;
  }
}

describe('WavReader', () => {
  it('walks a header once, in however many pieces it comes', () => {
    const reader = new WavReader();
    reader.push(new TextEncoder().encode('RIFF----WAVE'));
    // Chunks without a name and of no size. Walked anew with each piece, they would take longer than a test may.
    const push = () => reader.push(new Uint8Array(8));
    expect(codeOf(() => Array.from({ length: 200_000 }, push))).toBe('bad_audio');
  });

  it.each<[string, WavOptions]>([
    ['16 bit', {}],
    ['24 bit', { bits: 24 }],
    ['32 bit', { bits: 32 }],
    [
      '32-bit float, as torchaudio writes it',
      {
        format: 3,
        bits: 32,
        before: [
          ['fact', 4],
          ['PEAK', 16],
        ],
      },
    ],
    ['64-bit float', { format: 3, bits: 64 }],
    ['extensible', { format: 0xfffe }],
    [
      'other chunks before and after',
      {
        before: [
          ['cue ', 28],
          ['LIST', 11],
        ],
        after: [['ltxt', 40]],
      },
    ],
    ['size 0', { dataSize: 0 }],
    ['size 0x7FFFFFDB', { dataSize: 0x7fffffdb }],
    ['size 0x7FFFFFFF', { dataSize: 0x7fffffff }],
    ['size 0xFFFFFFFF', { dataSize: 0xffffffff }],
    ['size 0xFFFFFFDB', { dataSize: 0xffffffdb }],
  ])('reads %s in pieces of any size', (_, options) => {
    for (const size of [1, 3, 7, 64, 1_000_000]) {
      const { samples, format } = read(wavOf(MONO, options), size);
      expect(samples).toEqual(S16);
      expect(format).toMatchObject({ sampleRate: 24_000, channels: 1 });
    }
  });

  it('reads 8 bits as far as they go', () => {
    const { samples } = read(wavOf(MONO, { bits: 8 }), 5);
    samples.forEach((sample, i) => {
      expect(Math.abs(sample - (S16[i] ?? 0))).toBeLessThanOrEqual(128);
    });
  });

  it('mixes channels to one, and silences what is no number', () => {
    expect(
      read(
        wavOf([
          [0.5, -0.5],
          [0.25, 0.5],
        ]),
      ).samples,
    ).toEqual([12_288, 0]);
    expect(read(wavOf([[Number.NaN, 2, -2]], { format: 3, bits: 32 })).samples).toEqual([0, 32_767, -32_768]);
  });

  it('knows how long the sound will be only where the header says it', () => {
    expect(read(wavOf(MONO)).format?.dataBytes).toBe(600);
    expect(read(wavOf(MONO, { dataSize: 0xffffffff })).format?.dataBytes).toBeNull();
  });

  it.each([1, 50, 100_000])('finds out that less came than was promised (pieces of %i bytes)', (size) => {
    expect(codeOf(() => read(wavOf(MONO).slice(0, 400), size))).toBe('cut_short');
  });

  it('finds out that the last sample is not whole', () => {
    expect(codeOf(() => read(wavOf(MONO, { dataSize: 0xffffffff }).slice(0, -1), 9))).toBe('cut_short');
  });

  it.each([1, 16, 17, 100_000])('finds a second file in the midst of the first (pieces of %i bytes)', (size) => {
    const one = wavOf(MONO, { dataSize: 0xffffffff });
    const both = Uint8Array.from([...one, ...one]);
    const reader = new WavReader();
    const heard: number[] = [];
    const code = codeOf(() => {
      for (const piece of inPieces(both, size)) heard.push(...reader.push(piece));
    });
    expect(code).toBe('cut_short');
    // Nothing of the second header is heard.
    expect(S16.slice(0, heard.length)).toEqual(heard);
  });

  it.each<[string, Uint8Array]>([
    ['ends in its header', wavOf(MONO).slice(0, 30)],
    ['has sound before its format', Uint8Array.from([...wavOf([[]]).slice(0, 12), ...wavOf(MONO).slice(36)])],
    ['is of a kind nobody knows', wavOf(MONO, { format: 85 })],
    ['has no channels', wavOf(MONO, { channels: 0 })],
    ['has an impossible rate', wavOf(MONO, { rate: 1_000_000_000 })],
  ])('refuses a stream that %s', (_, bytes) => {
    expect(codeOf(() => read(bytes, 13))).toBe('bad_audio');
  });

  it('does not read a header for ever', () => {
    const reader = new WavReader();
    const endless = Uint8Array.from([
      ...wavOf(MONO).slice(0, 36),
      ...'junk'.split('').map((c) => c.charCodeAt(0)),
      255,
      255,
      255,
      127,
    ]);
    reader.push(endless);
    expect(codeOf(() => reader.push(new Uint8Array(2 * 1024 * 1024)))).toBe('bad_audio');
  });
});
