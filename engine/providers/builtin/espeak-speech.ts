import { type PieceEnd, splitText } from '../../../shared/text/split.ts';
import type { SpeechRequest } from '../provider.ts';
import type { PartTimings } from '../speech/join-timings.ts';
import { untilAborted } from '../until-aborted.ts';
import { collectSound } from './collect-sound.ts';
import { espeakEmotion } from './espeak-emotion.ts';
import type { EspeakEngine } from './espeak-engine.ts';
import { espeakProsody } from './espeak-prosody.ts';
import { namedVoices } from './espeak-voices.ts';
import { espeakTimings } from './espeak-words.ts';
import type { EspeakTold } from './speech-commands.ts';
import { silence } from './speech-sound.ts';
import type { Turns } from './turns.ts';
import { unknownVoice } from './voice-ids.ts';

/** eSpeak makes a minute of sound in about a second, so its pieces only let other texts in between. */
const SIZES = { first: 200, most: 500, growth: 2 };

/** Seconds between pieces at normal speed: what eSpeak itself leaves between clauses, measured inside a text. */
const PAUSES: Readonly<Record<PieceEnd, number>> = { cut: 0, clause: 0.15, sentence: 0.29, paragraph: 0.45 };

export interface EspeakParts {
  espeak: EspeakEngine;
  turns: Pick<Turns, 'run'>;
}

/**
 * Speaks a text with an eSpeak voice; sound comes as it is made. Throws FaultErrors.
 *
 * @param told takes in when what was said is heard; whole once the sound has ended
 */
export async function* speakEspeak(
  parts: EspeakParts,
  name: string,
  request: SpeechRequest,
  signal: AbortSignal,
  told: PartTimings[],
): AsyncGenerator<Int16Array> {
  const { voices, sampleRate } = await untilAborted(signal, parts.espeak.voices());
  const voice = namedVoices(voices).get(name);
  if (!voice) throw unknownVoice(`espeak/${name}`);
  const { pace, semitones, melody, variant } = espeakEmotion(request.emotion);
  const prosody = espeakProsody(request.speed * pace, request.pitch + semitones, melody);
  let pause = 0;
  let samples = 0;
  const sounding = (piece: Int16Array) => {
    samples += piece.length;
    return piece;
  };
  const language = voice.languages[0] ?? null;
  const phonemes = (texts: string[]) => parts.espeak.phonemes(voice.identifier, texts);
  for (const piece of splitText(request.text, SIZES)) {
    if (piece.kind === 'pause') {
      yield sounding(silence(piece.seconds, sampleRate));
      pause = 0;
      continue;
    }
    if (pause > 0) yield sounding(silence(pause, sampleRate));
    const utterance = { voice: voice.identifier + variant, text: piece.text, ...prosody };
    const start = samples;
    let heard: EspeakTold | null = null;
    const sound = collectSound(async (onSound, stopped) => {
      const ended = AbortSignal.any([signal, stopped]);
      heard = await parts.turns.run(ended, () => parts.espeak.speak(utterance, ended, onSound));
    });
    for await (const part of sound) yield sounding(part);
    const seconds = (samples - start) / sampleRate;
    const timings = heard && (await espeakTimings({ text: piece.text, told: heard, seconds }, language, phonemes));
    told.push({ timings, offset: start / sampleRate });
    pause = PAUSES[piece.end] / request.speed;
  }
}
