import { afterEach, expect, it } from 'vitest';
import { TextReport } from '../../shared/schemas/text.ts';
import { type Bench, openBench } from '../matching/testing/bench.ts';
import { type Script, scriptedProvider } from '../matching/testing/scripted-provider.ts';
import { answer } from './testing/open-studio.ts';
import { textApi } from './text.ts';

let bench: Bench;
afterEach(() => bench.close());

async function checked(script: Script): Promise<TextReport> {
  bench = await openBench(scriptedProvider(script));
  const body = JSON.stringify({ text: 'Ten marks.', voiceId: 'test:v0' });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  return answer(await textApi(bench).request('/check', init), TextReport);
}

it('tells what a text costs', async () => {
  const cost = { amount: 10, currency: 'credits' };
  expect(await checked({ price: 1, bills: true })).toMatchObject({ cost, unpriced: false });
});

it('tells what costs nothing from what is billed at a price that nobody knows', async () => {
  expect(await checked({})).toMatchObject({ cost: null, unpriced: false });
  await bench.close();
  expect(await checked({ bills: true })).toMatchObject({ cost: null, unpriced: true });
});
