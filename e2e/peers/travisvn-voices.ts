import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { z } from 'zod';
import { takeFields, takeForm } from './fastapi.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { inLanguage, type NamedVoice, numberedVoice, recordedVoice } from './peer-voices.ts';
import { TRAVISVN_LANGUAGES } from './travisvn-status.ts';

const FORMATS = ['.m4a', '.wav', '.flac', '.mp3', '.ogg'];
const LARGEST = 10 * 1024 * 1024;
const SAMPLE = './voice-sample.mp3';
/** Characters that no name may have, as the server lists them. */
const FORBIDDEN = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
const FORBIDDEN_WORDS = `['/', '\\\\', ':', '*', '?', '"', '<', '>', '|']`;

interface Kept {
  recording: Buffer;
  info: {
    name: string;
    filename: string;
    original_filename: string;
    file_extension: string;
    file_size: number;
    file_hash: string;
    upload_date: string;
    path: string;
    language: string;
    aliases: string[];
    exists: true;
  };
}

const Text = z.string().min(1).max(100);
const Upload = z.object({
  voice_name: Text,
  voice_file: z.instanceof(File),
  language: z.string().min(2).max(5).default('en'),
});

/** Answers as this server does where it has a reason of its own. */
export function sendError({ response }: Exchange, status: number, message: string, type: string, headers = {}): void {
  sendJson(response, status, { error: { message, type } }, headers);
}

/** Why a recording is not taken; null where it is. */
export function recordingRefused(file: File): string | null {
  const extension = extname(file.name.toLowerCase());
  if (!FORMATS.includes(extension)) {
    return `Unsupported audio format: ${extension}. Supported formats: ${FORMATS.join(', ')}`;
  }
  return file.size > LARGEST ? 'File too large. Maximum size: 10MB' : null;
}

/** The voice library: empty on a fresh install. */
export class TravisvnVoices {
  /** The voice of whoever names none, and of every name it does not know. */
  readonly fallback: NamedVoice = numberedVoice('default', 0);
  readonly #multilingual: boolean;
  #voices: Kept[] = [];
  #default: string | null = null;

  constructor(multilingual: boolean) {
    this.#multilingual = multilingual;
  }

  /** The voice a request is spoken with: another one than was asked for where the name is not known. */
  resolve(name: string | null): NamedVoice {
    const kept = this.#find(name ?? '') ?? this.#find(this.#default ?? '');
    if (!kept) return this.fallback;
    const { name: own, language } = kept.info;
    return inLanguage(recordedVoice(own, kept.recording), this.#multilingual ? language : 'en');
  }

  #find(name: string): Kept | undefined {
    return this.#voices.find(({ info }) => info.name === name || info.aliases.includes(name));
  }

  /** The voice of the path; undefined where it was refused already. */
  #named(exchange: Exchange): Kept | undefined {
    const name = exchange.params.name ?? '';
    const kept = this.#find(name);
    if (!kept) sendError(exchange, 404, `Voice '${name}' not found`, 'voice_not_found_error');
    return kept;
  }

  /** Routes below `/voices`, without the aliases that every route has. */
  routes(): Record<string, Handler> {
    return {
      'GET /voices': ({ response }) =>
        sendJson(response, 200, { voices: this.#voices.map(({ info }) => info), count: this.#voices.length }),
      'POST /voices': (exchange) => this.#upload(exchange),
      'GET /voices/default': ({ response }) => sendJson(response, 200, this.#defaultInfo()),
      'POST /voices/default': (exchange) => this.#setDefault(exchange),
      'DELETE /voices/default': ({ response }) => {
        this.#default = null;
        sendJson(response, 200, { message: 'Default voice reset to system default', ...this.#defaultInfo() });
      },
      'POST /voices/cleanup': ({ response }) =>
        sendJson(response, 200, { message: 'Cleanup completed', removed_voices: [], count: 0 }),
      'GET /voices/:name': (exchange) => {
        const kept = this.#named(exchange);
        if (kept) sendJson(exchange.response, 200, { voice: kept.info });
      },
      'PUT /voices/:name': (exchange) => this.#rename(exchange),
      'DELETE /voices/:name': (exchange) => {
        const kept = this.#named(exchange);
        if (!kept) return;
        this.#voices = this.#voices.filter((voice) => voice !== kept);
        sendJson(exchange.response, 200, { message: 'Voice deleted successfully', voice_name: kept.info.name });
      },
      'GET /voices/:name/download': (exchange) => {
        const kept = this.#named(exchange);
        if (!kept) return;
        exchange.response.writeHead(200, {
          'content-type': 'audio/wav',
          'content-length': kept.recording.length,
          'content-disposition': `attachment; filename="${kept.info.filename}"`,
        });
        exchange.response.end(kept.recording);
      },
      'GET /voices/:name/aliases': (exchange) => this.#listAliases(exchange),
      'POST /voices/:name/aliases': (exchange) => this.#addAlias(exchange),
      'DELETE /voices/:name/aliases/:alias': (exchange) => this.#removeAlias(exchange),
    };
  }

  #defaultInfo() {
    const info = this.#find(this.#default ?? '')?.info;
    return info
      ? { default_voice: info.name, source: 'voice_library', voice_info: info }
      : { default_voice: null, source: 'file_system', path: SAMPLE };
  }

  async #upload(exchange: Exchange): Promise<void> {
    const fields = takeFields(exchange, Upload, Object.fromEntries(await takeForm(exchange)));
    if (!fields) return;
    const { voice_name: name, voice_file: file, language } = fields;
    const invalid = (message: string) => sendError(exchange, 400, message, 'invalid_request_error');
    const refused = recordingRefused(file);
    if (refused) return invalid(refused);
    if (!this.#multilingual && language !== 'en') {
      return invalid('Only English (en) is supported when not using multilingual model');
    }
    const codes = TRAVISVN_LANGUAGES.map(({ code }) => code);
    if (!codes.includes(language)) {
      return invalid(`Unsupported language: ${language}. Supported languages: ${codes.join(', ')}`);
    }
    const taken = this.#find(name)?.info;
    const exists = (message: string) => sendError(exchange, 409, message, 'voice_exists_error');
    if (taken?.name === name) return exists(`Voice '${name}' already exists`);
    if (taken) return exists(`Name '${name}' is already used as an alias`);
    const recording = Buffer.from(await file.arrayBuffer());
    const extension = extname(file.name.toLowerCase());
    const filename = `${name}${extension}`;
    const info = {
      name,
      filename,
      original_filename: file.name,
      file_extension: extension,
      file_size: recording.length,
      file_hash: createHash('md5').update(recording).digest('hex'),
      upload_date: new Date().toISOString().replace('Z', '000'),
      path: `voices/${filename}`,
      language,
      aliases: [],
      exists: true as const,
    };
    this.#voices.unshift({ recording, info });
    const { file_size, upload_date } = info;
    const voice = { name, filename, file_size, upload_date, language };
    sendJson(exchange.response, 201, { message: 'Voice uploaded successfully', voice });
  }

  async #setDefault(exchange: Exchange): Promise<void> {
    const form = Object.fromEntries(await takeForm(exchange));
    const fields = takeFields(exchange, z.object({ voice_name: Text }), form);
    if (!fields) return;
    const { voice_name: name } = fields;
    if (!this.#find(name)) {
      return sendError(exchange, 404, `Voice '${name}' not found in voice library`, 'voice_not_found_error');
    }
    this.#default = name;
    sendJson(exchange.response, 200, { message: 'Default voice updated successfully', ...this.#defaultInfo() });
  }

  async #rename(exchange: Exchange): Promise<void> {
    const form = Object.fromEntries(await takeForm(exchange));
    const fields = takeFields(exchange, z.object({ new_name: Text }), form);
    const kept = fields ? this.#named(exchange) : undefined;
    if (!fields || !kept) return;
    const { new_name } = fields;
    if (this.#find(new_name))
      return sendError(exchange, 409, `Voice '${new_name}' already exists`, 'voice_exists_error');
    const old_name = kept.info.name;
    const filename = `${new_name}${kept.info.file_extension}`;
    Object.assign(kept.info, { name: new_name, filename, path: `voices/${filename}` });
    sendJson(exchange.response, 200, { message: 'Voice renamed successfully', old_name, new_name });
  }

  /** The voice whose own name stands in the path: for changes of its aliases an alias of it will not do. */
  #owned({ params }: Exchange): Kept | undefined {
    return this.#voices.find(({ info }) => info.name === params.name);
  }

  #listAliases(exchange: Exchange): void {
    const kept = this.#named(exchange);
    if (!kept) return;
    const { name = '' } = exchange.params;
    const aliases = this.#owned(exchange)?.info.aliases ?? [];
    sendJson(exchange.response, 200, { voice_name: name, aliases, count: aliases.length });
  }

  async #addAlias(exchange: Exchange): Promise<void> {
    const form = Object.fromEntries(await takeForm(exchange));
    const fields = takeFields(exchange, z.object({ alias: Text }), form);
    if (!fields) return;
    const info = this.#owned(exchange)?.info;
    const { name = '' } = exchange.params;
    if (!info) return sendError(exchange, 404, `Voice '${name}' not found`, 'voice_not_found_error');
    const alias = fields.alias.trim();
    const invalid = (message: string) => sendError(exchange, 400, message, 'validation_error');
    if (alias === '') return invalid('Alias cannot be empty');
    if (FORBIDDEN.some((character) => alias.includes(character))) {
      return invalid(`Alias contains invalid characters: ${FORBIDDEN_WORDS}`);
    }
    const taken = this.#find(alias)?.info;
    const exists = (message: string) => sendError(exchange, 409, message, 'alias_exists_error');
    if (taken?.name === alias) return exists(`Alias '${alias}' conflicts with existing voice name`);
    if (taken && taken !== info) return exists(`Alias '${alias}' already exists for voice '${taken.name}'`);
    if (!taken) info.aliases.push(alias);
    const { name: voice_name, aliases } = info;
    sendJson(exchange.response, 201, { message: 'Alias added successfully', voice_name, alias: fields.alias, aliases });
  }

  #removeAlias(exchange: Exchange): void {
    const { name = '', alias = '' } = exchange.params;
    const info = this.#owned(exchange)?.info;
    if (!info?.aliases.includes(alias)) {
      sendError(exchange, 404, `Voice '${name}' or alias '${alias}' not found`, 'voice_not_found_error');
      return;
    }
    info.aliases = info.aliases.filter((other) => other !== alias);
    const { name: voice_name, aliases } = info;
    sendJson(exchange.response, 200, { message: 'Alias removed successfully', voice_name, alias, aliases });
  }
}
