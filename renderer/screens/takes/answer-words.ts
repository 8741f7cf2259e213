import type { Take } from '../../../shared/schemas/take.ts';
import { amountWords } from '../../../shared/text/amount-words.ts';

/** One thing that a provider told of its answer. */
export interface AnswerFact {
  label: string;
  words: string;
}

type Answer = Take['answer'];

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What is told in words of its own. */
const SAID = new Set(['requestId', 'requestIds', 'credits', 'runningAtOnce', 'mostAtOnce', 'format', 'modelId']);

function requestIds({ requestId, requestIds }: Answer): AnswerFact[] {
  const ids = Array.isArray(requestIds) ? requestIds.filter(isText) : [requestId].filter(isText);
  const [first] = ids;
  if (first === undefined) return [];
  return [{ label: ids.length === 1 ? 'Request id' : 'Request ids', words: ids.join(', ') }];
}

function atOnce({ runningAtOnce, mostAtOnce }: Answer): AnswerFact[] {
  if (!isNumber(runningAtOnce)) return [];
  const most = isNumber(mostAtOnce) ? ` of at most ${mostAtOnce}` : '';
  return [{ label: 'Requests at once', words: `${runningAtOnce}${most}` }];
}

/** What this page has no words for is told as it came. */
function others(answer: Answer): AnswerFact[] {
  return Object.entries(answer).flatMap(([name, value]) => {
    if (SAID.has(name) || value === null || value === undefined || value === '') return [];
    return [{ label: name, words: typeof value === 'object' ? JSON.stringify(value) : String(value) }];
  });
}

/**
 * What a provider told of its answer, in words. What it did not tell is left out, and so is what is told elsewhere: the
 * model that was asked for, where it is the one that spoke, and credits that are the cost.
 */
export function answerFacts(take: Pick<Take, 'answer' | 'answeredBy' | 'model' | 'cost'>): AnswerFact[] {
  const { answer, answeredBy, cost } = take;
  const { credits, format, modelId } = answer;
  const model = answeredBy?.model ?? take.model;
  const isCost = cost.currency === 'credits' && cost.billed === credits;
  return [
    ...requestIds(answer),
    ...(isNumber(credits) && !isCost ? [{ label: 'Credits', words: amountWords(credits, 'credits') }] : []),
    ...atOnce(answer),
    ...(isText(format) ? [{ label: 'Sound sent as', words: format }] : []),
    ...(isText(modelId) && modelId !== model ? [{ label: 'Model that spoke', words: modelId }] : []),
    ...others(answer),
  ];
}
