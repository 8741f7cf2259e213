import { describe, expect, it } from 'vitest';
import type { Take } from '../../../shared/schemas/take.ts';
import { answerFacts } from './answer-words.ts';

const facts = (answer: Take['answer'], model = '', billed: number | null = null) =>
  answerFacts({ answer, model, answeredBy: null, cost: { estimated: 0, billed, currency: 'credits' } });

describe('what a provider told of its answer', () => {
  it('is told in words', () => {
    const answer = {
      requestId: 'r-1',
      credits: 23,
      runningAtOnce: 2,
      mostAtOnce: 5,
      format: 'pcm_24000',
      modelId: 'v4',
    };
    expect(facts(answer, 'v3')).toEqual([
      { label: 'Request id', words: 'r-1' },
      { label: 'Credits', words: '23\u00a0credits' },
      { label: 'Requests at once', words: '2 of at most 5' },
      { label: 'Sound sent as', words: 'pcm_24000' },
      { label: 'Model that spoke', words: 'v4' },
    ]);
  });

  it('names every request of a take that took several', () => {
    const [ids] = facts({ requestId: 'r-1', requestIds: ['r-1', 'r-2'] });
    expect(ids).toEqual({ label: 'Request ids', words: 'r-1, r-2' });
  });

  it('tells credits only where they are not the cost', () => {
    expect(facts({ credits: 23 }, '', 23)).toEqual([]);
  });

  it('leaves out what was not told, and tells what it has no words for as it came', () => {
    expect(facts({ requestId: null, credits: null, runningAtOnce: null, mostAtOnce: 5, modelId: 'v4' }, 'v4')).toEqual(
      [],
    );
    expect(facts({ region: 'eu', queue: { before: 3 }, cached: false })).toEqual([
      { label: 'region', words: 'eu' },
      { label: 'queue', words: '{"before":3}' },
      { label: 'cached', words: 'false' },
    ]);
  });
});
