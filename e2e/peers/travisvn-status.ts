import { LANGUAGES } from './devnen-facts.ts';

/** Languages it knows: all of the model's but Chinese. */
export const TRAVISVN_LANGUAGES = Object.entries(LANGUAGES)
  .filter(([code]) => code !== 'zh')
  .map(([code, name]) => ({ code, name }));

export type TravisvnState = 'ready' | 'initializing' | 'error';

const HEALTH = {
  ready: { status: 'healthy', progress: 'Model ready', error: null },
  initializing: { status: 'initializing', progress: 'Loading TTS model...', error: null },
  error: { status: 'error', progress: 'Initialization failed', error: 'CUDA out of memory' },
} as const;

/** `GET /health`: 200, whatever it says. */
export function healthOf(state: TravisvnState) {
  const { status, progress, error } = HEALTH[state];
  return {
    status,
    model_loaded: state === 'ready',
    device: 'cpu',
    config: {
      max_chunk_length: 280,
      max_total_length: 3000,
      voice_sample_path: './voice-sample.mp3',
      default_exaggeration: 0.5,
      default_cfg_weight: 0.5,
      default_temperature: 0.8,
    },
    memory_info: { cpu_memory_mb: 87.54296875, cpu_memory_percent: 0.36316501118777045 },
    initialization_state: state,
    initialization_progress: progress,
    initialization_error: error,
  };
}

/** `GET /capabilities`, as pull request 74 has it. */
export function capabilitiesOf(model: 'standard' | 'multilingual' | 'turbo') {
  const turbo = model === 'turbo';
  return {
    model_type: model,
    supports_paralinguistic_tags: turbo,
    paralinguistic_tags: turbo ? ['[laugh]', '[cough]', '[chuckle]', '[whispering]'] : [],
    supports_exaggeration: !turbo,
    supports_cfg_weight: !turbo,
    supports_temperature: true,
    supported_languages: model === 'multilingual' ? TRAVISVN_LANGUAGES : [{ code: 'en', name: 'English' }],
    is_multilingual: model === 'multilingual',
  };
}

/** `GET /config`. */
export const CONFIG = {
  api_info: {
    name: 'chatterbox-tts-api',
    version: '2.1.0',
    api_version: '2.1.0',
    description: 'REST API for Chatterbox TTS with OpenAI compatibility',
    license: 'AGPLv3',
    author: 'Travis Van Nimwegen',
    python_version: '3.13.5',
    platform: 'linux',
  },
  server: { host: '0.0.0.0', port: 4123 },
  model: { device: 'cpu', voice_sample_path: './voice-sample.mp3', model_cache_dir: './models' },
  defaults: { exaggeration: 0.5, cfg_weight: 0.5, temperature: 0.8, max_chunk_length: 280, max_total_length: 3000 },
  memory_management: { memory_cleanup_interval: 5, cuda_cache_clear_interval: 3, enable_memory_monitoring: true },
};

interface Running {
  id: string;
  started: number;
  text: string;
  source: string;
  parameters: object;
  chunk: number;
  chunks: number;
}

/** What `GET /v1/status` tells: one request only, the one that came last. */
export class TravisvnStatus {
  #running: Running | null = null;
  #total = 0;
  #completed = 0;
  #failed = 0;

  /** @returns name of the request */
  begin(text: string, source: string, parameters: object, chunks: number): string {
    this.#total += 1;
    const id = this.#total.toString(16).padStart(8, '0');
    this.#running = { id, started: Date.now(), text, source, parameters, chunk: 0, chunks };
    return id;
  }

  /** A request has come so far. A later request hides it. */
  at(id: string, chunk: number): void {
    if (this.#running?.id === id) this.#running.chunk = chunk;
  }

  end(id: string, well: boolean): void {
    if (this.#running?.id !== id) return;
    this.#running = null;
    if (well) this.#completed += 1;
    else this.#failed += 1;
  }

  status() {
    const running = this.#running;
    if (!running) {
      return {
        status: 'idle',
        is_processing: false,
        request_id: null,
        start_time: null,
        duration_seconds: null,
        text_length: null,
        text_preview: null,
        voice_source: null,
        parameters: null,
        progress: null,
        error_message: null,
        memory_usage: null,
        total_requests: this.#total,
        message: 'No active requests',
      };
    }
    return {
      status: 'generating_audio',
      is_processing: true,
      request_id: running.id,
      start_time: running.started / 1000,
      duration_seconds: (Date.now() - running.started) / 1000,
      text_length: running.text.length,
      text_preview: running.text.length > 100 ? `${running.text.slice(0, 100)}...` : running.text,
      voice_source: running.source,
      parameters: running.parameters,
      progress: {
        current_chunk: running.chunk,
        total_chunks: running.chunks,
        current_step: `Generating audio for chunk ${running.chunk}/${running.chunks}`,
        progress_percentage: (running.chunk / running.chunks) * 100,
        estimated_completion: null,
      },
      error_message: null,
      memory_usage: {},
      total_requests: this.#total,
      message: null,
    };
  }

  progress() {
    const { status, progress } = this.status();
    if (!progress) return { is_processing: false, status, message: 'No active TTS requests' };
    return { is_processing: true, status, ...progress };
  }

  statistics() {
    const ended = this.#completed + this.#failed;
    return {
      total_requests: this.#total,
      completed_requests: this.#completed,
      error_requests: this.#failed,
      success_rate: ended === 0 ? 0 : (this.#completed / ended) * 100,
      average_duration_seconds: 0,
      average_text_length: 0,
      is_processing: this.#running !== null,
    };
  }
}
