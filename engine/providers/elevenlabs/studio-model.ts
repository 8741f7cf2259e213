import type { ModelTags, ParameterSpec } from '../../../shared/controls/controls.ts';
import type { Model } from '../../../shared/schemas/voice.ts';
import { EFFECT_DIRECTIONS, VOICED_DIRECTIONS } from '../speech/paralinguistic-tags.ts';
import { emotionOf } from './emotion.ts';
import type { ModelFacts } from './models.ts';
import { settingSpecs } from './settings.ts';

/** Hz of the sound that is asked for: every plan has it, and it needs no decoder. */
const ELEVENLABS_RATE = 24_000;

/** The seed's range. */
const SEED = { min: 0, max: 4294967295 };

/** Most characters of a parameter that is text. */
const MOST_TEXT = 2000;

const STITCHES: readonly ParameterSpec[] = [
  {
    name: 'previous_text',
    label: 'Text before',
    help: 'What was said before: it is not spoken and costs nothing, but the melody goes on from it.',
    kind: 'text',
    max: MOST_TEXT,
    default: '',
  },
  {
    name: 'next_text',
    label: 'Text after',
    help: 'What will be said after: it is not spoken and costs nothing, but the melody leads to it.',
    kind: 'text',
    max: MOST_TEXT,
    default: '',
  },
];
const TIMINGS: ParameterSpec = {
  name: 'timings',
  label: 'Keep character timings',
  help: 'Keeps with the take when each character is heard. Costs nothing.',
  kind: 'switch',
  default: false,
};

/** Those that are offered; any other stage direction is taken too. */
const TAGS: ModelTags = {
  family: 'elevenlabs',
  list: [
    ...VOICED_DIRECTIONS.map((tag) => ({ tag, experimental: false })),
    ...EFFECT_DIRECTIONS.map((tag) => ({ tag, experimental: true })),
  ],
};

/** A model as the studio knows it. @param provider the provider's id */
export function studioModel(provider: string, facts: ModelFacts): Model {
  return {
    id: facts.id,
    provider,
    name: facts.name,
    description: facts.description,
    sampleRate: ELEVENLABS_RATE,
    capabilities: {
      speed: facts.speed,
      pitch: null,
      volume: null,
      emotion: emotionOf(facts),
      seed: SEED,
      parameters: [...settingSpecs(facts), ...(facts.stitches ? STITCHES : []), TIMINGS],
      ...(facts.tags ? { tags: TAGS } : {}),
      maxCharacters: facts.maxCharacters,
      streams: true,
    },
  };
}
