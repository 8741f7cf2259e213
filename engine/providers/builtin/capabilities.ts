import { MAX_TEXT_CHARACTERS } from '../../../shared/schemas/take.ts';
import type { Model } from '../../../shared/schemas/voice.ts';
import { ESPEAK_EMOTION } from './espeak-emotion.ts';
import { ESPEAK_PITCH, ESPEAK_SPEED } from './espeak-prosody.ts';
import { KOKORO_EMOTION } from './kokoro-emotion.ts';
import { KOKORO_RATE } from './speech-sound.ts';
import { PROVIDER_ID } from './voice-ids.ts';

/** The two built-in models and what they can do. @param espeakRate rate of eSpeak's sound in Hz */
export function builtinModels(espeakRate: number): Model[] {
  return [
    {
      id: 'kokoro',
      provider: PROVIDER_ID,
      name: 'Kokoro',
      description: 'Kokoro-82M v1.0, a neural voice model that runs on this computer.',
      sampleRate: KOKORO_RATE,
      capabilities: {
        speed: { min: 0.5, max: 2 },
        pitch: null,
        volume: null,
        emotion: KOKORO_EMOTION,
        seed: null,
        parameters: [],
        maxCharacters: MAX_TEXT_CHARACTERS,
        streams: true,
      },
    },
    {
      id: 'espeak',
      provider: PROVIDER_ID,
      name: 'eSpeak NG',
      description: 'A small synthesiser with a clear, mechanical voice in many languages. Instant.',
      sampleRate: espeakRate,
      capabilities: {
        speed: ESPEAK_SPEED,
        pitch: ESPEAK_PITCH,
        volume: null,
        emotion: ESPEAK_EMOTION,
        seed: null,
        parameters: [],
        maxCharacters: MAX_TEXT_CHARACTERS,
        streams: true,
      },
    },
  ];
}
