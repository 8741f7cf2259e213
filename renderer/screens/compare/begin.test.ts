import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Take } from '../../../shared/schemas/take.ts';
import { openPageOnEngine, type PageOnEngine } from '../../stores/testing/page-on-engine.ts';

let page: PageOnEngine;
let begin: typeof import('./begin.ts');

beforeAll(async () => {
  page = await openPageOnEngine();
  begin = await import('./begin.ts');
});
afterAll(() => page.close());

const take = (id: string, text: string, voiceId: string, source: Take['source'] = 'rendered') =>
  ({ id, text, voiceId, model: 'm', settings: {}, source }) as Take;
const shared = (...takes: Take[]) =>
  begin.slotGroups(takes).map((group) => [...group.takes].map(([text, { id }]) => `${text}:${id}`));

describe('takes that are put side by side', () => {
  it('of one voice and settings are one slot, with one take of each text', () => {
    expect(shared(take('1', 'A', 'x'), take('2', 'B', 'x'), take('3', 'A', 'y'))).toEqual([['A:1', 'B:2'], ['A:3']]);
  });

  it('of the same text and settings are slots of their own', () => {
    expect(shared(take('1', 'A', 'x'), take('2', 'A', 'x'))).toEqual([['A:1'], ['A:2']]);
  });

  it('that were brought in stand each for themselves', () => {
    expect(shared(take('1', '', 'f', 'imported'), take('2', '', 'f', 'imported'))).toEqual([[':1'], [':2']]);
  });

  it('are at most eight slots', () => {
    expect(shared(...Array.from({ length: 10 }, (_, i) => take(String(i), 'A', `v${i}`)))).toHaveLength(8);
  });
});
