import { describe, expect, it } from 'vitest';
import { type AddressRow, afterLeaving, following, rowsOf, unsaved, whyNot } from './address-rows.ts';

const A = 'http://127.0.0.1:8004';
const B = 'http://127.0.0.1:8005';
const row = (key: number, text: string, saved = text): AddressRow => ({ key, text, saved });

describe('addresses as they are typed', () => {
  it('are taken over when they are left, without a stroke at the end', () => {
    const { rows, addresses } = afterLeaving([row(1, A), row(2, ` ${B}/ `, '')], 2, true);
    expect(addresses).toEqual([A, B]);
    expect(rows[1]).toEqual(row(2, B));
  });

  it('stay as they were saved while they are wrong, also when another one is left', () => {
    const rows = [row(1, 'nonsense', A), row(2, B)];
    expect(afterLeaving(rows, 1, true)).toEqual({ rows, addresses: [A, B] });
    expect(afterLeaving(rows, 2, true).addresses).toEqual([A, B]);
    expect(whyNot(row(1, 'nonsense', A), true)).toContain('This is no address');
  });

  it('go when they are emptied, but not the last one that is needed', () => {
    expect(afterLeaving([row(1, A), row(2, '', B)], 2, true)).toEqual({ rows: [row(1, A)], addresses: [A] });
    expect(afterLeaving([row(1, '', A)], 1, true).addresses).toEqual([A]);
    expect(whyNot(row(1, '', A), true)).toContain('needed');
    expect(afterLeaving([row(1, '', A)], 1, false).addresses).toEqual([]);
    expect(whyNot(row(1, '', A), false)).toBeNull();
  });

  it('follow the engine, but not under the hands of who types', () => {
    const typing = [row(1, `${A}0`, A)];
    expect(following(typing, [B])).toBe(typing);
    const same = [row(1, A)];
    expect(following(same, [A])).toBe(same);
    expect(following(same, [B]).map(({ text }) => text)).toEqual([B]);
    expect(rowsOf([]).map(({ text }) => text)).toEqual(['']);
  });

  it('stay typed where they could not be saved', () => {
    expect(unsaved([row(1, A), row(2, B)], [A])).toEqual([row(1, A), row(2, B, '')]);
  });
});
