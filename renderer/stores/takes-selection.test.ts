import { describe, expect, it } from 'vitest';
import { NOTHING_SELECTED, type Selection, select, selectionWithout, stepRow } from './takes-selection.ts';

const IDS = ['a', 'b', 'c', 'd', undefined, 'f'];
const chosen = ({ selected }: Selection) => [...selected].sort().join('');

describe('selecting', () => {
  it('chooses one, adds and takes away with Ctrl, and ranges with Shift', () => {
    let now = select(NOTHING_SELECTED, IDS, 'b', 'alone');
    now = select(now, IDS, 'd', 'toggle');
    expect(chosen(now)).toBe('bd');
    now = select(now, IDS, 'd', 'toggle');
    expect(chosen(now)).toBe('b');
    now = select(now, IDS, 'b', 'alone');
    now = select(now, IDS, 'd', 'range');
    expect(chosen(now)).toBe('bcd');
    now = select(now, IDS, 'a', 'range');
    expect(chosen(now)).toBe('ab');
    expect(now.chosen).toBe('a');
  });

  it('leaves rows that were not read out of a range', () => {
    expect(chosen(select(select(NOTHING_SELECTED, IDS, 'c', 'alone'), IDS, 'f', 'range'))).toBe('cdf');
  });

  it('walks, and stays inside the list', () => {
    expect(stepRow(NOTHING_SELECTED, IDS, 1)).toBe(0);
    expect(stepRow(NOTHING_SELECTED, IDS, -1)).toBe(5);
    expect(stepRow(NOTHING_SELECTED, IDS, IDS.length)).toBe(5);
    expect(stepRow(NOTHING_SELECTED, IDS, -IDS.length)).toBe(0);
    expect(stepRow(NOTHING_SELECTED, [], 1)).toBe(-1);
    const now = select(NOTHING_SELECTED, IDS, 'b', 'alone');
    expect(stepRow(now, IDS, 1)).toBe(2);
    expect(stepRow(now, IDS, -10)).toBe(0);
    expect(stepRow(now, IDS, 10)).toBe(5);
  });

  it('goes to the neighbour when the chosen one goes', () => {
    const now = select(NOTHING_SELECTED, IDS, 'b', 'alone');
    const next = selectionWithout(now, IDS, new Set(['b']));
    expect([next.chosen, chosen(next)]).toEqual(['c', 'c']);
    const last = selectionWithout(select(NOTHING_SELECTED, ['a', 'b'], 'b', 'alone'), ['a', 'b'], new Set(['b']));
    expect(last.chosen).toBe('a');
    expect(selectionWithout(now, ['b'], new Set(['b'])).chosen).toBeNull();
  });

  it('keeps what is chosen when others go', () => {
    const now = select(select(NOTHING_SELECTED, IDS, 'b', 'alone'), IDS, 'd', 'toggle');
    const next = selectionWithout(now, IDS, new Set(['b', 'a']));
    expect([next.chosen, chosen(next)]).toEqual(['d', 'd']);
  });
});
