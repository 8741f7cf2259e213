import { describe, expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { estimateSeconds } from '../../../shared/text/estimate.ts';
import { wholeSound } from './whole-sound.ts';

const TEXT =
  'The first sentence is here to be spoken, and it is of a fair length. The second one follows it, and ends the text.';
const RATE = 8000;

async function endOf(text: string, seconds: number, speed = 1) {
  async function* chunks() {
    for (let left = Math.round(seconds * RATE); left > 0; left -= 1000) yield new Int16Array(Math.min(left, 1000));
  }
  let samples = 0;
  try {
    for await (const chunk of wholeSound(chunks(), RATE, { server: 'The peer', text, language: 'en', speed })) {
      samples += chunk.length;
    }
    return { samples, code: null };
  } catch (thrown) {
    return { samples, code: toFault(thrown).code };
  }
}

describe('a sound that ended as if all were well', () => {
  const seconds = estimateSeconds(TEXT, 'en', 1);

  it('is whole where it is about as long as its text, or spoken fast or slowly', async () => {
    for (const part of [0.6, 1, 3]) {
      expect(await endOf(TEXT, seconds * part)).toEqual({ samples: Math.round(seconds * part * RATE), code: null });
    }
    expect((await endOf(TEXT, seconds * 0.5, 1.8)).code).toBeNull();
  });

  it('is cut short where most of it is missing, and what came is passed on all the same', async () => {
    expect(await endOf(TEXT, seconds * 0.3)).toEqual({ samples: Math.round(seconds * 0.3 * RATE), code: 'cut_short' });
    expect((await endOf(TEXT, 0)).code).toBe('cut_short');
  });

  it('is not judged by its length where that says nothing', async () => {
    expect((await endOf('Yes.', 0.2)).code).toBeNull();
  });
});
