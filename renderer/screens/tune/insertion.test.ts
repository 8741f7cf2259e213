import { describe, expect, it } from 'vitest';
import { spaced } from './insertion.ts';

describe('a mark in a text', () => {
  it('is parted from words by a space on either side', () => {
    expect(spaced('[laugh]', 'Well', 'then')).toBe(' [laugh] ');
    expect(spaced('[laugh]', '', 'Well')).toBe('[laugh] ');
    expect(spaced('[laugh]', 'Well', '')).toBe(' [laugh] ');
  });

  it('gets no second space, and none before a full stop or inside a bracket', () => {
    expect(spaced('[laugh]', 'Well ', ' then')).toBe('[laugh]');
    expect(spaced('[laugh]', 'Well', '. Then')).toBe(' [laugh]');
    expect(spaced('[laugh]', 'Well\n', '\nthen')).toBe('[laugh]');
    expect(spaced('[pause 0.5s]', 'He said “', 'No”')).toBe('[pause 0.5s] ');
  });
});
