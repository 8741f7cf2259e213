import { expect, it } from 'vitest';
import { toFault } from '../../shared/errors.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { base64Pieces, checkSize, soundBytes } from './report-sound.ts';

const minutes = (count: number, speed = 1) =>
  ({ samples: count * 60 * 24_000, sampleRate: 24_000, studio: { speed, pitch: 0, volume: 0 } }) as Take;

const refusal = (takes: Take[], format: 'flac' | 'mp3', most: number) => {
  try {
    checkSize(takes, format, most);
    return null;
  } catch (thrown) {
    return toFault(thrown);
  }
};

it('bytes become base64 piece by piece, as they do in one go', () => {
  const bytes = Uint8Array.from({ length: 200_001 }, (_, i) => (i * 7) % 251);
  const pieces = [...base64Pieces(bytes.subarray(1))];
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.join('')).toBe(Buffer.from(bytes.subarray(1)).toString('base64'));
});

it('a page that would be too large is refused with what would fit', () => {
  expect(soundBytes([minutes(1, 2)], 'flac')).toBeCloseTo(soundBytes([minutes(1)], 'flac') / 2, 0);
  expect(refusal([minutes(1)], 'flac', 200e6)).toBeNull();
  expect(refusal([minutes(60), minutes(60)], 'flac', 200e6)).toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('346\u00a0MB'),
    todo: expect.stringContaining('MP3 (about 158\u00a0MB)'),
    kept: expect.any(String),
  });
  expect(() => checkSize([minutes(60), minutes(60)], 'flac', 200e6, 'voices')).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ todo: expect.stringContaining('fewer voices') }) }),
  );
  // MP3 would be too large as well, and is not advised.
  expect(refusal([minutes(400)], 'flac', 200e6)?.todo).not.toContain('MP3');
  expect(refusal([minutes(400)], 'mp3', 200e6)?.todo).not.toContain('MP3');
});
