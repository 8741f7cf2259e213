import { describe, expect, it } from 'vitest';
import { fault, toFault } from '../../../shared/errors.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type Speak, withPauses } from './with-pauses.ts';

const RATE = 1000;
const REQUEST: SpeechRequest = {
  text: '',
  voice: 'emily',
  model: 'original',
  language: 'en',
  speed: 1,
  pitch: 0,
  volume: 0,
  emotion: { name: 'neutral', intensity: 0 },
  seed: 7,
  parameters: {},
};

/** A voice that says each word as ten samples of its length. */
function speaker(rate: (text: string) => number = () => RATE) {
  const asked: string[] = [];
  const speak: Speak = async ({ text }): Promise<SpeechStream> => {
    asked.push(text);
    async function* chunks() {
      for (const word of text.split(' ')) yield new Int16Array(10).fill(word.length);
    }
    return {
      sampleRate: rate(text),
      totalSamples: null,
      request: { text },
      seed: 7,
      chunks: chunks(),
      timings: () => ({ characters: [text], starts: [0], ends: [1] }),
      cost: () => ({ estimated: text.length, billed: text.length * 2, currency: 'credits' }),
    };
  };
  return { asked, speak };
}

const ask = (speak: Speak, text: string) => withPauses(speak, { ...REQUEST, text }, new AbortController().signal);

async function heard(stream: SpeechStream): Promise<number[]> {
  const samples: number[] = [];
  for await (const chunk of stream.chunks) samples.push(...chunk);
  return samples;
}

const runs = (samples: number[]) => {
  const list: [value: number, length: number][] = [];
  for (const sample of samples) {
    const last = list.at(-1);
    if (last?.[0] === sample) last[1] += 1;
    else list.push([sample, 1]);
  }
  return list;
};

describe('pause marks for a model that knows none', () => {
  it('leave a text without them alone', async () => {
    const { asked, speak } = speaker();
    await heard(await ask(speak, 'One [two] three.'));
    expect(asked).toEqual(['One [two] three.']);
  });

  it('become silence between parts that are asked for one after the other', async () => {
    const { asked, speak } = speaker();
    const stream = await ask(speak, '[pause 50ms] One.[pause 0.1s]  Three  [pause 200 ms][pause 0,1] ... [pause 10ms]');
    expect(asked).toEqual(['One.']);
    expect(runs(await heard(stream))).toEqual([
      [0, 50],
      [4, 10],
      [0, 100],
      [5, 10],
      [0, 310],
    ]);
    expect(asked).toEqual(['One.', 'Three']);
    expect(stream.cost()).toEqual({ estimated: 9, billed: 18, currency: 'credits' });
    expect(stream.timings?.()).toEqual({ characters: ['One.', 'Three'], starts: [0.05, 0.16], ends: [1.05, 1.16] });
  });

  it('alone are nothing to speak', async () => {
    const { asked, speak } = speaker();
    expect(await ask(speak, '[pause 2s] … [pause 1s]').then(() => null, toFault)).toMatchObject({ code: 'invalid' });
    expect(asked).toEqual([]);
  });

  it('pass on what fails in a later part, after what came before it', async () => {
    const { speak } = speaker();
    const failing: Speak = (request, signal) => {
      if (request.text === 'Two.') throw fault('provider_fault', 'It failed.');
      return speak(request, signal);
    };
    const stream = await ask(failing, 'One.[pause 1s]Two.');
    const samples: number[] = [];
    const reading = (async () => {
      for await (const chunk of stream.chunks) samples.push(...chunk);
    })();
    expect(await reading.then(() => null, toFault)).toMatchObject({ code: 'provider_fault' });
    expect(runs(samples)).toEqual([
      [4, 10],
      [0, 1000],
    ]);
  });

  it('refuse parts of different rates', async () => {
    const { speak } = speaker((text) => (text === 'Two.' ? 2 * RATE : RATE));
    const stream = await ask(speak, 'One.[pause 1s]Two.');
    expect(await heard(stream).then(() => null, toFault)).toMatchObject({ code: 'bad_audio' });
  });
});
