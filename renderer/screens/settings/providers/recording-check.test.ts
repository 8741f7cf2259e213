import { describe, expect, it } from 'vitest';
import type { CloneLimits } from '../../../../shared/schemas/connection.ts';
import { cloneLimitWords, recordingFault } from './recording-check.ts';

const LIMITS: CloneLimits = {
  types: ['wav', 'mp3'],
  mostBytes: 10_000_000,
  leastSeconds: 5,
  mostSeconds: 30,
  languages: [],
};

describe('a recording that is to become a voice', () => {
  it('has limits that are told', () => {
    expect(cloneLimitWords(LIMITS)).toBe('WAV or MP3, 5 to 30 seconds long, at most 10.0\u00a0MB.');
    expect(cloneLimitWords({ ...LIMITS, leastSeconds: null })).toContain('at most 30 seconds long');
    const any = { types: [], mostBytes: null, leastSeconds: null, mostSeconds: null, languages: [] };
    expect(cloneLimitWords(any)).toBe('Any recording of one voice.');
  });

  it('is refused by its ending and size before it is sent', () => {
    expect(recordingFault({ name: 'Anna.WAV', size: 1000 }, LIMITS)).toBeNull();
    expect(recordingFault({ name: 'anna.txt', size: 1000 }, LIMITS)).toContain('.wav or .mp3');
    expect(recordingFault({ name: 'anna', size: 1000 }, LIMITS)).toContain('.wav or .mp3');
    expect(recordingFault({ name: 'anna.wav', size: 0 }, LIMITS)).toBe('This file is empty.');
    expect(recordingFault({ name: 'anna.wav', size: 10_000_001 }, LIMITS)).toContain('at most');
  });
});
