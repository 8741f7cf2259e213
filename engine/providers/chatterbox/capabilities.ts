import type { Capabilities, ParameterSpec } from '../../../shared/controls/controls.ts';
import { DELIVERY_TAGS } from '../speech/paralinguistic-tags.ts';
import type { DialectName, ExpressionName, ServerFacts } from './dialect.ts';
import { OPENAI_CHARACTERS } from './dialects/openai.ts';
import { EXPRESSED, TAGGED } from './emotion.ts';
import { honoured, ownTags } from './expression-parameters.ts';

const EXAGGERATION: ParameterSpec = {
  name: 'exaggeration',
  label: 'Exaggeration',
  help: 'How much is made of the melody: 0.5 is neutral, 0.7 and more is expressive and faster, extremes are unstable.',
  kind: 'number',
  min: 0.25,
  max: 2,
  step: 0.05,
  default: 0.5,
};
const CFG_WEIGHT: ParameterSpec = {
  name: 'cfg_weight',
  label: 'CFG weight',
  help: 'How closely the pace of the reference is kept: about 0.3 for fast or expressive references, 0 where its accent bleeds into another language.',
  kind: 'number',
  min: 0,
  max: 1,
  step: 0.05,
  default: 0.5,
};
const TEMPERATURE: ParameterSpec = {
  name: 'temperature',
  label: 'Temperature',
  help: 'How much one take differs from the next: low is steady, high is varied and less safe.',
  kind: 'number',
  min: 0.05,
  max: 1.5,
  step: 0.05,
  default: 0.8,
};

const SPECS: Readonly<Record<ExpressionName, ParameterSpec>> = {
  exaggeration: EXAGGERATION,
  cfg_weight: CFG_WEIGHT,
  temperature: TEMPERATURE,
};

/** The sliders of a model. Source: resemble-ai/chatterbox, tts.py, tts_turbo.py, mtl_tts.py, issue 355. */
function parametersOf(facts: ServerFacts): ParameterSpec[] {
  return honoured(facts).map((name) => {
    const spec = SPECS[name];
    const weak = facts.model === 'multilingual' && name === 'exaggeration';
    return weak ? { ...spec, help: `${spec.help} The multilingual model hardly follows it.` } : spec;
  });
}

/** What a kind of server takes beside its model's parameters. */
interface Taken {
  speed: Capabilities['speed'];
  pitch: Capabilities['pitch'];
  volume: Capabilities['volume'];
  seed: Capabilities['seed'];
  parameters: boolean;
  maxCharacters: number;
}

const NOTHING: Taken = { speed: null, pitch: null, volume: null, seed: null, parameters: true, maxCharacters: 10_000 };

const TAKEN: Readonly<Record<DialectName, Taken>> = {
  rest: {
    ...NOTHING,
    speed: { min: 0.5, max: 2 },
    pitch: { min: -12, max: 12 },
    volume: { min: -24, max: 12 },
    parameters: false,
  },
  // speed_factor takes 0.25-4; 0 as a seed is a random one that nobody is told.
  devnen: { ...NOTHING, speed: { min: 0.5, max: 2 }, seed: { min: 1, max: 2 ** 32 - 1 } },
  travisvn: { ...NOTHING, maxCharacters: 3000 },
  // Chatterbox behind it mostly passes over `speed`: the studio does it, so that it is heard.
  openai: { ...NOTHING, seed: { min: 0, max: 2 ** 32 - 1 }, maxCharacters: OPENAI_CHARACTERS },
  resemble: { ...NOTHING, parameters: false, maxCharacters: 2000 },
};

function emotionOf(facts: ServerFacts): Capabilities['emotion'] {
  const { dialect, model, tags } = facts;
  if (dialect === 'resemble') return { names: [], note: 'Resemble’s service takes no emotion.' };
  if (dialect === 'rest') {
    return {
      names: ['calm', 'happy', 'excited', 'sad', 'angry', 'surprised', 'whispering'],
      note: 'The server does what it can with the name; it takes no intensity.',
    };
  }
  if (tags.length > 0) {
    return {
      names: TAGGED,
      note: 'Spoken by a tag from half the intensity on. Experimental: some runtimes pass over it.',
    };
  }
  if (!honoured(facts).includes('exaggeration')) {
    return { names: [], note: 'This model has neither exaggeration nor tags.' };
  }
  const weak = model === 'multilingual' ? ' The multilingual model hardly follows exaggeration.' : '';
  return { names: EXPRESSED, note: `Spoken by exaggeration, CFG weight and temperature.${weak}` };
}

/** Ways of speaking are experimental also where a server lists them: some runtimes pass over them. */
const DELIVERY = new Set<string>(DELIVERY_TAGS);

/** What the sliders can do with the model behind a server. */
export function capabilitiesOf(facts: ServerFacts): Capabilities {
  const { parameters, ...taken } = TAKEN[facts.dialect];
  const list = ownTags(facts).map((tag) => ({ tag, experimental: DELIVERY.has(tag) }));
  return {
    ...taken,
    emotion: emotionOf(facts),
    parameters: parameters ? parametersOf(facts) : [],
    ...(list.length > 0 ? { tags: { family: 'chatterbox', list } } : {}),
    streams: facts.dialect !== 'openai',
  };
}
