import type { ParameterSpec, ParameterValue } from '../../../shared/controls/controls.ts';
import type { StoredSettings } from './answers.ts';
import type { ModelFacts } from './models.ts';

/** Settings of a voice that are set by hand. Speed is one of the studio's own controls. */
export type Setting = Exclude<keyof StoredSettings, 'speed'>;

/** What ElevenLabs takes where neither voice nor request say anything. */
export const USUAL_SETTINGS: StoredSettings = {
  stability: 0.5,
  similarity_boost: 0.75,
  style: 0,
  use_speaker_boost: true,
  speed: 1,
};

const ranged = { kind: 'number', min: 0, max: 1, step: 0.01 } as const;

const SPECS: Readonly<Record<Setting, Omit<ParameterSpec, 'name' | 'default'>>> = {
  stability: {
    ...ranged,
    label: 'Stability',
    help: 'Low is livelier and differs from take to take; high is even and may become monotonous.',
  },
  similarity_boost: {
    ...ranged,
    label: 'Similarity',
    help: 'How closely it keeps to the original voice, with that recording’s noise where there is some.',
  },
  style: {
    ...ranged,
    label: 'Style',
    help: 'How strongly the voice’s own manner is brought out. Slower, and less even.',
  },
  use_speaker_boost: {
    kind: 'switch',
    label: 'Speaker boost',
    help: 'Comes a little closer to the original voice, and takes a little longer.',
  },
};

const STEPS: Pick<ParameterSpec, 'step' | 'help'> = {
  step: 0.5,
  help: 'Three steps: 0 creative, 0.5 natural, 1 robust. Tags are followed best when it is creative or natural.',
};

/** The sliders of a model. @param stored what the voice has stored, where they begin */
export function settingSpecs(
  { settings, stabilitySteps }: ModelFacts,
  stored: StoredSettings = USUAL_SETTINGS,
): ParameterSpec[] {
  return settings.map((name) => ({
    ...SPECS[name],
    ...(name === 'stability' && stabilitySteps ? STEPS : {}),
    name,
    default: name === 'stability' && stabilitySteps ? toStep(stored.stability) : stored[name],
  }));
}

/** The nearest of v3's three steps: creative, natural, robust. */
const toStep = (stability: number) => Math.round(within(stability, 0, 1) * 2) / 2;

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/**
 * The `voice_settings` of a request: everything the model honours and nothing else, so that what was not set by hand is
 * the voice's own and not ElevenLabs' default.
 *
 * @param stored what is kept with the voice; null where that is not known: then only what was asked for is sent
 * @param asked settings set by hand; what is not among them, or no such value, is the voice's own
 * @param speed times normal; null for the voice's own
 */
export function voiceSettings(
  facts: ModelFacts,
  stored: StoredSettings | null,
  asked: Readonly<Record<string, ParameterValue>>,
  speed: number | null,
): Partial<StoredSettings> {
  const sent: Partial<StoredSettings> = {};
  for (const name of facts.settings) {
    const value = asked[name];
    if (name === 'use_speaker_boost') {
      const boost = typeof value === 'boolean' ? value : stored?.use_speaker_boost;
      if (boost !== undefined) sent[name] = boost;
      continue;
    }
    const number = typeof value === 'number' ? value : stored?.[name];
    if (number === undefined) continue;
    sent[name] = name === 'stability' && facts.stabilitySteps ? toStep(number) : within(number, 0, 1);
  }
  const { speed: range } = facts;
  const pace = speed ?? stored?.speed;
  if (range && pace !== undefined) sent.speed = within(pace, range.min, range.max);
  return sent;
}
