import { MAX_TEXT_CHARACTERS } from '../../../shared/schemas/take.ts';
import type { Model } from '../../../shared/schemas/voice.ts';
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
        emotion: { names: [], note: 'Kokoro has no emotions.' },
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
        speed: { min: 0.5, max: 2 },
        pitch: { min: -12, max: 12 },
        volume: null,
        emotion: { names: [], note: 'eSpeak NG has no emotions.' },
        seed: null,
        parameters: [],
        maxCharacters: MAX_TEXT_CHARACTERS,
        streams: true,
      },
    },
  ];
}
