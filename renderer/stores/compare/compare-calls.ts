import { Alignment, TakeWords } from '../../../shared/schemas/alignment.ts';
import { CompareAnswer, type CompareRequest, GainsAnswer, type GainsRequest } from '../../../shared/schemas/compare.ts';
import { Take } from '../../../shared/schemas/take.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { api, apiFetch, check, unwrap } from '../../api.ts';
import { linesOf } from '../lines.ts';

/** Asks for takes at once; gives what comes of each as soon as it is known. @throws FaultError */
export async function* renderTakes(
  requests: CompareRequest['requests'],
  signal: AbortSignal,
): AsyncGenerator<CompareAnswer> {
  const response = await check(
    await apiFetch('/api/compare/render', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requests }),
      signal,
    }),
  );
  if (response.body === null) return;
  for await (const line of linesOf(response.body, signal)) {
    const answer = CompareAnswer.safeParse(parseJson(line));
    if (answer.success) yield answer.data;
  }
}

/** @throws FaultError not_found */
export function readTake(id: string): Promise<Take> {
  return unwrap(api.takes[':id'].$get({ param: { id } }), Take);
}

/** How two takes lie in time. @throws FaultError */
export function readAlignment(a: string, b: string): Promise<Alignment> {
  return unwrap(api.compare.alignment.$get({ query: { a, b } }), Alignment);
}

/** What makes takes equally loud. @throws FaultError */
export function readGains(takes: GainsRequest['takes']): Promise<GainsAnswer> {
  return unwrap(api.compare.gains.$post({ json: { takes } }), GainsAnswer);
}

/** The words of a take, and when each is heard. @throws FaultError not_found */
export function readWords(takeId: string): Promise<TakeWords> {
  return unwrap(api.takes[':id'].words.$get({ param: { id: takeId } }), TakeWords);
}
