import { splitText } from '../../../shared/text/split.ts';
import type { SpeechRequest } from '../provider.ts';
import type { EspeakEngine } from './espeak-engine.ts';
import { espeakPitch, espeakRate } from './espeak-prosody.ts';
import { espeakName } from './espeak-voices.ts';
import { silence } from './speech-sound.ts';
import { type Turns, untilAborted } from './turns.ts';
import { unknownVoice } from './voice-ids.ts';

/** eSpeak makes a minute of sound in about a second, so its pieces only let other texts in between. */
const SIZES = { first: 200, most: 500, growth: 2 };

export interface EspeakParts {
  espeak: EspeakEngine;
  turns: Turns;
}

/** Pieces of sound that come by callback, as an async sequence. */
async function* collect(start: (onSound: (samples: Int16Array) => void) => Promise<void>): AsyncGenerator<Int16Array> {
  const waiting: Int16Array[] = [];
  let wake: () => void = () => undefined;
  const state: { ended: boolean; error: unknown } = { ended: false, error: null };
  const ended = start((samples) => {
    waiting.push(samples);
    wake();
  }).then(
    () => {
      state.ended = true;
      wake();
    },
    (error: unknown) => {
      state.ended = true;
      state.error = error;
      wake();
    },
  );
  for (;;) {
    const next = waiting.shift();
    if (next) yield next;
    else if (state.ended) break;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || state.ended) resolve();
      });
  }
  await ended;
  if (state.error !== null) throw state.error;
}

/** Speaks a text with an eSpeak voice; sound comes as it is made. */
export async function* speakEspeak(
  parts: EspeakParts,
  name: string,
  request: SpeechRequest,
  signal: AbortSignal,
): AsyncGenerator<Int16Array> {
  const { voices, sampleRate } = await untilAborted(signal, parts.espeak.voices());
  const voice = voices.find((candidate) => espeakName(candidate) === name);
  if (!voice) throw unknownVoice(`espeak/${name}`);
  for (const piece of splitText(request.text, SIZES)) {
    if (piece.kind === 'pause') {
      yield silence(piece.seconds, sampleRate);
      continue;
    }
    const utterance = {
      voice: voice.identifier,
      text: piece.text,
      rate: espeakRate(request.speed),
      pitch: espeakPitch(request.pitch),
      range: 50,
    };
    yield* collect((onSound) => parts.turns.run(signal, () => parts.espeak.speak(utterance, signal, onSound)));
  }
}
