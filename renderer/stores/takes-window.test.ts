import { describe, expect, it } from 'vitest';
import type { Take } from '../../shared/schemas/take.ts';
import { freshWindow, missingPages, PAGE, withChanged, withNewest, without, withPage } from './takes-window.ts';

const take = (id: string, more: Partial<Take> = {}) => ({ id, ...more }) as Take;
const page = (from: number, count: number) => Array.from({ length: count }, (_, i) => take(`t${from + i}`));

describe('a window on a list of takes', () => {
  it('knows how many rows there are before they are read', () => {
    const window = freshWindow(page(0, PAGE), 10_000);
    expect(window.ids).toHaveLength(10_000);
    expect(window.ids[PAGE - 1]).toBe(`t${PAGE - 1}`);
    expect(window.ids[PAGE]).toBeUndefined();
    expect(missingPages(window, 0, PAGE - 1)).toEqual([]);
    expect(missingPages(window, PAGE - 5, 3 * PAGE)).toEqual([PAGE, 2 * PAGE, 3 * PAGE]);
  });

  it('asks for no page beyond the end', () => {
    const window = freshWindow(page(0, 5), 5);
    expect(missingPages(window, -10, 500)).toEqual([]);
  });

  it('puts a page in its place and lets no take stand twice', () => {
    const moved = withNewest(freshWindow(page(0, PAGE), 2 * PAGE), take('new'));
    const window = withPage(moved, PAGE, page(PAGE - 1, PAGE), 2 * PAGE + 1);
    expect(window.ids.filter((id) => id === `t${PAGE - 1}`)).toHaveLength(1);
    expect(window.ids[PAGE]).toBe(`t${PAGE - 1}`);
    expect(window.ids).toHaveLength(2 * PAGE + 1);
  });

  it('follows a list that became shorter', () => {
    const window = withPage(freshWindow(page(0, 10), 50), 0, page(0, 3), 3);
    expect(window.ids).toEqual(['t0', 't1', 't2']);
  });

  it('adds at the top, changes in place, and takes away', () => {
    let window = withNewest(freshWindow(page(0, 3), 3), take('new'));
    expect(window.ids).toEqual(['new', 't0', 't1', 't2']);
    window = withChanged(window, take('t1', { rating: 4 }));
    expect(window.takes.get('t1')?.rating).toBe(4);
    expect(withChanged(window, take('elsewhere'))).toBe(window);
    window = without(window, new Set(['t0', 'new']));
    expect(window.ids).toEqual(['t1', 't2']);
    expect(window.takes.has('t0')).toBe(false);
  });
});
