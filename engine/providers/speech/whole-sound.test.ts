import { afterAll, describe, expect, it } from 'vitest';
import { PeerSpeech } from '../../../e2e/peers/speech.ts';
import { toFault } from '../../../shared/errors.ts';
import { estimateSeconds } from '../../../shared/text/estimate.ts';
import { wholeSound } from './whole-sound.ts';

const TEXT =
  'The first sentence is here to be spoken, and it is of a fair length. The second one follows it, and ends the text.';
const RATE = 8000;

async function endOf(text: string, seconds: number, speed = 1, language: string | null = 'en') {
  async function* chunks() {
    for (let left = Math.round(seconds * RATE); left > 0; left -= 1000) yield new Int16Array(Math.min(left, 1000));
  }
  let samples = 0;
  try {
    for await (const chunk of wholeSound(chunks(), RATE, { server: 'The peer', text, language, speed })) {
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

  it('is not read on where it goes on for ever', async () => {
    const { samples, code } = await endOf(TEXT, Number.POSITIVE_INFINITY);
    expect(code).toBe('bad_audio');
    expect(samples / RATE).toBeGreaterThanOrEqual(120);
    expect(samples / RATE).toBeLessThan(121);
    const long = await endOf(TEXT.repeat(10), Number.POSITIVE_INFINITY);
    expect(long.samples / RATE).toBeGreaterThan(seconds * 10 * 12 - 2);
  });

  it('is not judged by its length where that says nothing', async () => {
    expect((await endOf('Yes.', 0.2)).code).toBeNull();
  });
});

describe('speech in other languages and scripts', () => {
  const speech = new PeerSpeech();
  afterAll(() => speech.close());

  it.each([
    ['en', 'en-us', TEXT],
    [
      'de',
      'de',
      'Der erste Satz steht hier, damit er gesprochen wird, und er ist recht lang. Der zweite beendet den Text.',
    ],
    [
      'zh',
      'cmn',
      '第一句话在这里被说出来，它的长度适中。第二句话紧随其后，并结束了这段文字。今天天气很好，我们去散步吧。',
    ],
    [
      'ja',
      'ja',
      'これはさいしょのぶんです。それほどながくはありません。つぎのぶんがつづいて、このぶんしょうはおわります。',
    ],
    ['ko', 'ko', '첫 번째 문장은 여기에서 말해지며 길이가 적당합니다. 두 번째 문장이 그 뒤를 이어 글을 끝냅니다.'],
    ['th', 'th', 'ประโยคแรกอยู่ที่นี่เพื่อให้พูด และมีความยาวพอสมควร ประโยคที่สองตามมาและจบข้อความ'],
    [
      'ru',
      'ru',
      'Первое предложение стоит здесь, чтобы его произнесли, и оно довольно длинное. Второе завершает текст.',
    ],
    ['hi', 'hi', 'पहला वाक्य यहाँ बोला जाने के लिए है और यह काफी लंबा है। दूसरा उसके बाद आता है और पाठ समाप्त करता है।'],
  ])(
    'is whole in %s, also where it is very fast, and cut short where most of it is missing',
    async (language, voice, text) => {
      // Words a minute: as is usual, and as nobody speaks.
      for (const rate of [175, 300]) {
        const seconds = (await speech.speak(text, { language: voice, pitch: 50, rate })).length / 24_000;
        for (const told of [language, null]) expect((await endOf(text, seconds, 1, told)).code).toBeNull();
        if (rate === 175) expect((await endOf(text, seconds * 0.15, 1, language)).code).toBe('cut_short');
      }
    },
  );

  it('is not expected of what is not spoken, nor shorter for numbers than they are', async () => {
    expect(
      (await endOf(`Yes. ${'🎉🎊'.repeat(20)} ${'-'.repeat(80)} [whispering] [dramatic] ***`, 0.5)).code,
    ).toBeNull();
    expect(
      (await endOf('<speak prompt="Speak as a very old and tired man would at night">Hello.</speak>', 0.6)).code,
    ).toBeNull();
    const text = 'In 1999 there were 1234567 of them, and 98765 were blue.';
    const seconds = (await speech.speak(text, { language: 'en-us', pitch: 50, rate: 300 })).length / 24_000;
    expect((await endOf(text, seconds)).code).toBeNull();
  });
});
