import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import {
  className,
  configOf,
  DEFAULTS,
  type DevnenModel,
  modelInfo,
  modelOf,
  PRESETS,
  REPOSITORIES,
} from './devnen-facts.ts';
import { chunksOf, type DevnenSpeech, fileOf, speakStream, speakWhole } from './devnen-speech.ts';
import { type DevnenFolder, DevnenVoices } from './devnen-voices.ts';
import { asUvicorn, otherwise, sendDetail, takeBody, takeForm, wordsFor } from './fastapi.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { EngineFailure, PeerEngine } from './peer-engine.ts';
import { freshSeeds } from './peer-voices.ts';
import { inReads } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';

export interface DevnenOptions {
  /** The model that is loaded at the start. */
  model?: DevnenModel;
  /** Whether it knows `stream`, as builds since May 2026 do; older ones answer whole. */
  stream?: boolean;
  /** How long another model takes to load, in ms. */
  loadMs?: number;
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
}

const Format = z.enum(['wav', 'opus', 'mp3']);

const Tts = z.object({
  text: z.string().min(1),
  voice_mode: z.enum(['predefined', 'clone']).default('predefined'),
  predefined_voice_id: z.string().nullish(),
  reference_audio_filename: z.string().nullish(),
  output_format: Format.nullish(),
  split_text: z.boolean().nullish(),
  chunk_size: z.number().int().min(50).max(500).nullish(),
  temperature: z.number().nullish(),
  exaggeration: z.number().nullish(),
  cfg_weight: z.number().nullish(),
  seed: z.number().int().nullish(),
  speed_factor: z.number().nullish(),
  language: z.string().nullish(),
  stream: z.boolean().default(false),
});

const Speech = z.object({
  model: z.string(),
  input: z.string(),
  voice: z.string(),
  response_format: Format.default('wav'),
  speed: z.number().default(1),
  seed: z.number().int().nullish(),
});

const NOT_LOADED = 'TTS engine model is not currently loaded or available.';
const CHUNK_SIZE = 120;

/** An answer that is said once the server is free again. */
type Answer = () => Promise<void> | void;

/** devnen/Chatterbox-TTS-Server: one thread for everything, so that nobody is answered while a whole text is spoken. */
export function createDevnenPeer({
  model = 'original',
  stream = true,
  loadMs = 0,
  paceMs = 0,
}: DevnenOptions = {}): SpeakingPeer {
  const engine = new PeerEngine({ paceMs, reentrant: false });
  const voices = new DevnenVoices();
  const nextSeed = freshSeeds();
  let repository: string = REPOSITORIES[model];
  let loaded: DevnenModel | null = model;

  let busy: Promise<unknown> = Promise.resolve();
  /** Does work during which the server does nothing else. */
  const blocking = <T>(work: () => Promise<T>): Promise<T> => {
    const running = busy.then(work);
    busy = running.catch(() => undefined);
    return running;
  };
  const free = async () => {
    for (let last: Promise<unknown> | null = null; last !== busy; ) {
      last = busy;
      await last;
    }
  };
  const whenFree =
    (handler: Handler): Handler =>
    async (exchange) => {
      await free();
      await handler(exchange);
    };
  const blocked =
    (prepare: (exchange: Exchange) => Promise<Answer>): Handler =>
    async (exchange) => {
      const answer = await engine.job(() => blocking(() => prepare(exchange)));
      await free();
      await answer();
    };

  const upload =
    (folder: DevnenFolder): Handler =>
    async (exchange) => {
      const files = (await takeForm(exchange)).getAll('files').filter((file) => typeof file !== 'string');
      if (files.length === 0) {
        return sendDetail(exchange, 422, [
          { type: 'missing', loc: ['body', 'files'], msg: 'Field required', input: null },
        ]);
      }
      const { accepted, body } = await voices.upload(folder, files);
      sendJson(exchange.response, accepted ? 200 : 400, body);
    };

  const tts = async (exchange: Exchange): Promise<Answer> => {
    const body = takeBody(exchange, Tts);
    if (!body) return () => undefined;
    const refuse = (status: number, detail: string) => () => sendDetail(exchange, status, detail);
    if (!loaded) return refuse(503, NOT_LOADED);
    const clone = body.voice_mode === 'clone';
    const field = clone ? 'reference_audio_filename' : 'predefined_voice_id';
    const name = body[field];
    if (!name) return refuse(400, `Missing '${field}' for '${body.voice_mode}' voice mode.`);
    const recording = voices.find(clone ? 'reference_audio' : 'voices', name);
    if (!recording) {
      return refuse(404, `${clone ? 'Reference audio' : 'Predefined voice'} file '${name}' not found.`);
    }
    const chunks = chunksOf(body.text, body.split_text ?? true, body.chunk_size ?? CHUNK_SIZE);
    const seed = body.seed || nextSeed();
    const speech: DevnenSpeech = {
      chunks,
      recording,
      model: loaded,
      temperature: body.temperature ?? DEFAULTS.temperature,
      speed: body.speed_factor ?? DEFAULTS.speed_factor,
      seeds: chunks.map(() => seed),
      language: body.language ?? DEFAULTS.language,
    };
    const format = stream && body.stream ? 'wav' : (body.output_format ?? 'wav');
    const headers = {
      'content-disposition': `attachment; filename="${fileName(body, format)}"`,
      'content-type': `audio/${format}`,
    };
    if (stream && body.stream) {
      const bursts = engine.stream<Uint8Array>((give) => speakStream(engine, speech, give));
      return () => peer.sendSound(exchange, headers, inReads(bursts));
    }
    try {
      const file = await fileOf(await speakWhole(engine, speech), format);
      return () => peer.sendSound(exchange, headers, inReads([file]));
    } catch (thrown) {
      if (!(thrown instanceof EngineFailure)) throw thrown;
      return refuse(500, thrown.message);
    }
  };

  const speech = async (exchange: Exchange): Promise<Answer> => {
    const body = takeBody(exchange, Speech);
    if (!body) return () => undefined;
    const refuse = (status: number, detail: string) => () => sendDetail(exchange, status, detail);
    const recording = voices.find('voices', body.voice) ?? voices.find('reference_audio', body.voice);
    if (!recording) return refuse(404, `Voice file '${body.voice}' not found.`);
    if (!loaded) return refuse(503, NOT_LOADED);
    if (body.input === '') return refuse(500, '400: Text processing resulted in no usable chunks.');
    const chunks = chunksOf(body.input, true, CHUNK_SIZE);
    const seed = body.seed || nextSeed();
    try {
      const samples = await speakWhole(engine, {
        chunks,
        recording,
        model: loaded,
        temperature: DEFAULTS.temperature,
        speed: body.speed,
        seeds: chunks.map((_, i) => seed + i),
        language: DEFAULTS.language,
      });
      const file = await fileOf(samples, body.response_format);
      const headers = { 'content-type': `audio/${body.response_format}` };
      return () => peer.sendSound(exchange, headers, inReads([file]));
    } catch (thrown) {
      if (!(thrown instanceof EngineFailure)) throw thrown;
      return refuse(500, `500: ${thrown.message}`);
    }
  };

  const saveSettings: Handler = (exchange) => {
    const asked = z.object({ model: z.object({ repo_id: z.string() }).optional() }).safeParse(exchange.json);
    if (!asked.success) return sendDetail(exchange, 400, 'Invalid request data: Request body must be a JSON object.');
    repository = asked.data.model?.repo_id ?? repository;
    const restart_needed = asked.data.model !== undefined;
    const more = restart_needed ? ' A server restart may be required for some changes to take full effect.' : '';
    sendJson(exchange.response, 200, { message: `Settings saved successfully.${more}`, restart_needed });
  };

  const restart: Handler = async ({ response }) => {
    const next = modelOf(repository);
    loaded = null;
    // It loads in the handler: nobody is answered meanwhile, and a client that leaves does not stop it.
    await blocking(() => wait(loadMs));
    loaded = next;
    const message = `Model hot-swap successful. Now running: ${className(next)} (${next})`;
    sendJson(response, 200, { message, restart_needed: false });
  };

  const others: Record<string, Handler> = {
    'GET /': ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!DOCTYPE html>\n<html lang="en" class="dark">\n<head><title>Chatterbox TTS Server</title></head></html>',
      );
    },
    'GET /api/model-info': ({ response }) => sendJson(response, 200, modelInfo(loaded)),
    'GET /api/ui/initial-data': ({ response }) =>
      sendJson(response, 200, {
        config: configOf(repository),
        reference_files: voices.names('reference_audio'),
        predefined_voices: voices.predefined(),
        presets: PRESETS,
        initial_gen_result: null,
        model_info: modelInfo(loaded),
      }),
    'GET /get_predefined_voices': ({ response }) => sendJson(response, 200, voices.predefined()),
    'GET /get_reference_files': ({ response }) => sendJson(response, 200, voices.names('reference_audio')),
    'GET /v1/audio/voices': ({ response }) => sendJson(response, 200, { status: 'ok', voices: voices.names('voices') }),
    'POST /upload_reference': upload('reference_audio'),
    'POST /upload_predefined_voice': upload('voices'),
    'POST /save_settings': saveSettings,
    'POST /reset_settings': ({ response }) => {
      repository = REPOSITORIES[model];
      const message = 'Configuration reset to defaults. Please reload the page. A server restart may be beneficial.';
      sendJson(response, 200, { message, restart_needed: true });
    },
    'POST /restart_server': restart,
    'POST /api/unload': ({ response }) => {
      loaded = null;
      sendJson(response, 200, { status: 'unloaded' });
    },
  };
  const routes = asUvicorn({
    'POST /tts': blocked(tts),
    'POST /v1/audio/speech': blocked(speech),
    ...Object.fromEntries(Object.entries(others).map(([route, handler]) => [route, whenFree(handler)])),
  });
  const peer = new SpeakingPeer(
    {
      name: 'devnen',
      routes,
      otherwise: whenFree(otherwise(routes, 'GET, POST, OPTIONS')),
      refuse: (exchange, status, headers) => sendDetail(exchange, status, wordsFor(status), headers),
    },
    engine,
  );
  return peer;
}

/** The file's name, which tells the settings, for example `tts_output_T08_E05_W05_20261122_103339.wav`. */
function fileName(body: z.infer<typeof Tts>, format: string): string {
  const tenths = (value: number) => String(Math.round(value * 10)).padStart(2, '0');
  const time = new Date().toISOString().replace(/[-:]/gu, '').replace('T', '_').slice(0, 15);
  const temperature = tenths(body.temperature ?? DEFAULTS.temperature);
  const exaggeration = tenths(body.exaggeration ?? DEFAULTS.exaggeration);
  return `tts_output_T${temperature}_E${exaggeration}_W${tenths(body.cfg_weight ?? DEFAULTS.cfg_weight)}_${time}.${format}`;
}
