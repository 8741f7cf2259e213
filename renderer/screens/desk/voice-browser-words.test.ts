import { describe, expect, it } from 'vitest';
import type { VoiceListState } from '../../../shared/schemas/connection.ts';
import { agoWords, listWords } from './voice-browser-words.ts';

const NOW = 1_700_000_000_000;
const minutes = (count: number) => NOW - count * 60_000;

function list(change: Partial<VoiceListState> = {}): VoiceListState {
  return { provider: 'far', name: 'Far', at: minutes(4), voices: 1320, refreshing: false, fault: null, ...change };
}

describe('the age of a list of voices', () => {
  it('is told in the largest unit that fits', () => {
    const ages = [0, 0.9, 1, 59.9, 60, 1439, 1440, 4000].map((count) => agoWords(minutes(count), NOW));
    expect(ages).toEqual([
      'just now',
      'just now',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 day ago',
      '2 days ago',
    ]);
  });

  it('is never in the future, though clocks differ', () => {
    expect(agoWords(NOW + 5000, NOW)).toBe('just now');
  });

  it('is told with how many voices there are, and what happens to the list', () => {
    expect(listWords(list(), NOW)).toBe('Far: 1,320 voices, read 4 min ago');
    expect(listWords(list({ voices: 1, refreshing: true }), NOW)).toBe('Far: 1 voice, being read anew');
    expect(listWords(list({ at: null }), NOW)).toBe('Far: not read yet');
    expect(listWords(list({ at: null, refreshing: true }), NOW)).toBe('Far: being read');
  });
});
