import { afterAll, expect, it } from 'vitest';
import { KokoroEngine } from './kokoro-engine.ts';
import { tokenRuns } from './kokoro-speech.ts';
import { loadVoice, styleRow } from './kokoro-styles.ts';
import { MAX_TOKENS, toTokens } from './kokoro-tokens.ts';

const models = process.env.TIMBRE_MODELS ?? 'node_modules/.cache/timbre/models';
const nobody = () => undefined;
const kokoro = new KokoroEngine(models, nobody, nobody);
afterAll(() => kokoro.close());

it('sound that is not numbers is refused, and the model speaks again after it', async () => {
  const tokens = Array.from({ length: 20 }, (_, at) => 43 + at);
  const style = styleRow(await loadVoice('af_heart'), tokens.length);
  await expect(kokoro.say(tokens, new Float32Array(style.length).fill(Number.NaN), 1)).rejects.toMatchObject({
    fault: { code: 'bad_audio' },
  });
  expect((await kokoro.say(tokens, style, 1)).samples.length).toBeGreaterThan(2000);
});

it.each(['one two three, four five six. '.repeat(6), 'x'.repeat(200), '98765 43210 '.repeat(12)])(
  'more phonemes than the model takes are spoken in several runs, none lost: %j',
  async (text) => {
    // As where each character is read as a word.
    const phonemes = async (piece: string) => [...piece.replaceAll(' ', '')].map(() => 'abdefi').join('');
    const runs = await tokenRuns(text, phonemes);
    expect(runs.length).toBeGreaterThan(1);
    for (const { tokens } of runs) expect(tokens.length).toBeLessThanOrEqual(MAX_TOKENS);
    expect(runs.flatMap(({ tokens }) => tokens)).toEqual(toTokens(await phonemes(text)));
  },
);
