/** Voices a fresh checkout has. Source: devnen/Chatterbox-TTS-Server, voices/. */
export const PREDEFINED = (
  'Abigail Adrian Alexander Alice Austin Axel Connor Cora Elena Eli Emily Everett Gabriel Gianna Henry Ian Jade ' +
  'Jeremiah Jordan Julian Layla Leonardo Michael Miles Olivia Ryan Taylor Thomas'
)
  .split(' ')
  .map((name) => `${name}.wav`);

/** Recordings to clone a voice from that a fresh checkout has. */
export const REFERENCES = ['Gianna.wav', 'Robert.wav'];

/** Languages of the multilingual model. Source: resemble-ai/chatterbox, mtl_tts.py. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  ar: 'Arabic',
  da: 'Danish',
  de: 'German',
  el: 'Greek',
  en: 'English',
  es: 'Spanish',
  fi: 'Finnish',
  fr: 'French',
  he: 'Hebrew',
  hi: 'Hindi',
  it: 'Italian',
  ja: 'Japanese',
  ko: 'Korean',
  ms: 'Malay',
  nl: 'Dutch',
  no: 'Norwegian',
  pl: 'Polish',
  pt: 'Portuguese',
  ru: 'Russian',
  sv: 'Swedish',
  sw: 'Swahili',
  tr: 'Turkish',
  zh: 'Chinese',
};

/** What a fresh checkout does where a request says nothing. Source: devnen/Chatterbox-TTS-Server, config.yaml. */
export const DEFAULTS = {
  temperature: 0.8,
  exaggeration: 1.3,
  cfg_weight: 0.5,
  seed: 0,
  speed_factor: 1.0,
  language: 'en',
};

export type DevnenModel = 'original' | 'turbo' | 'multilingual';

const CLASSES = {
  original: 'ChatterboxTTS',
  turbo: 'ChatterboxTurboTTS',
  multilingual: 'ChatterboxMultilingualTTS',
} as const;

const TAGS = ['laugh', 'chuckle', 'sigh', 'gasp', 'cough', 'clear throat', 'sniff', 'groan', 'shush'];

export const REPOSITORIES = {
  original: 'chatterbox',
  turbo: 'chatterbox-turbo',
  multilingual: 'chatterbox-multilingual',
} as const;

/** The model a name in the configuration stands for. */
export function modelOf(repository: string): DevnenModel {
  if (repository.includes('turbo')) return 'turbo';
  return repository.includes('multilingual') ? 'multilingual' : 'original';
}

export const className = (model: DevnenModel) => CLASSES[model];

/** `GET /api/model-info`. @param model null where none is loaded */
export function modelInfo(model: DevnenModel | null) {
  const tags = model === 'turbo';
  return {
    loaded: model !== null,
    type: model,
    class_name: model ? CLASSES[model] : null,
    device: 'cpu',
    sample_rate: 24_000,
    supports_paralinguistic_tags: tags,
    available_paralinguistic_tags: tags ? TAGS : [],
    turbo_available_in_package: true,
    multilingual_available_in_package: true,
    supports_multilingual: model === 'multilingual',
    supported_languages: model === 'multilingual' ? LANGUAGES : { en: 'English' },
  };
}

/** `config` of `GET /api/ui/initial-data`. */
export function configOf(repository: string) {
  return {
    server: {
      host: '0.0.0.0',
      port: 8004,
      use_ngrok: false,
      use_auth: false,
      auth_username: 'user',
      auth_password: 'password',
      log_file_path: 'logs/tts_server.log',
      log_file_max_size_mb: 10,
      log_file_backup_count: 5,
      ssl_certfile: null,
      ssl_keyfile: null,
    },
    model: { repo_id: repository },
    tts_engine: {
      device: 'cpu',
      predefined_voices_path: 'voices',
      reference_audio_path: 'reference_audio',
      default_voice_id: 'Emily.wav',
    },
    paths: { model_cache: 'model_cache', output: 'outputs' },
    generation_defaults: DEFAULTS,
    audio_output: { format: 'wav', sample_rate: 24_000, max_reference_duration_sec: 30 },
  };
}

/** Some of what the user interface offers to begin with. */
export const PRESETS = [
  {
    name: 'Noir Detective',
    text: 'The rain had not stopped for three days.',
    params: { temperature: 0.75, exaggeration: 0.9, cfg_weight: 0.6, speed_factor: 1, seed: 0 },
  },
];
