import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FaultError, fault } from '../../../shared/errors.ts';
import { KOKORO_VOICE_FILES, type KokoroVoiceFile, VOICE_FILE_BYTES } from './kokoro-voice-files.ts';
import { packageFolder } from './package-folder.ts';

/** Numbers in a row of a voice: the first half colours the voice, the second shapes its melody and pace. */
export const STYLE_SIZE = 256;
/** Rows of a voice: one for each number of tokens from 0. */
export const STYLE_ROWS = VOICE_FILE_BYTES / 4 / STYLE_SIZE;

const loaded = new Map<string, Promise<Float32Array>>();

function damaged(id: string, how: string): FaultError {
  return fault('model_missing', `The voice file kokoro-js/voices/${id}.bin ${how}.`, {
    kept: 'Other voices work.',
    todo: 'Install Timbre again (`npm ci` in a checkout).',
  });
}

async function read({ id, sha256 }: KokoroVoiceFile): Promise<Float32Array> {
  const folder = packageFolder('kokoro-js');
  if (folder === null) throw damaged(id, 'is missing: its package is not installed');
  return readVoiceFile(join(folder, 'voices', `${id}.bin`), id, sha256);
}

/** All rows of a voice file. @throws FaultError model_missing: it is not there, or altered */
export async function readVoiceFile(path: string, id: string, sha256: string): Promise<Float32Array> {
  const bytes = await readFile(path).catch(() => {
    throw damaged(id, 'is missing');
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw damaged(id, 'is altered');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** All rows of a voice; read and checked once. @throws FaultError unknown_voice, model_missing */
export function loadVoice(id: string): Promise<Float32Array> {
  const known = KOKORO_VOICE_FILES.find((file) => file.id === id);
  if (!known) return Promise.reject(fault('unknown_voice', `Kokoro has no voice “${id}”.`, { param: 'voiceId' }));
  const before = loaded.get(id);
  if (before) return before;
  const reading = read(known).catch((error: unknown) => {
    loaded.delete(id);
    throw error;
  });
  loaded.set(id, reading);
  return reading;
}

/** Row of a voice for so many tokens. */
export function styleRow(voice: Float32Array, tokens: number): Float32Array<ArrayBuffer> {
  const row = Math.max(0, Math.min(STYLE_ROWS - 1, tokens));
  return new Float32Array(voice.subarray(row * STYLE_SIZE, (row + 1) * STYLE_SIZE));
}

/** Weighted mean of several rows; the weights need not sum to 1. */
export function mixRows(parts: readonly { row: Float32Array; weight: number }[]): Float32Array<ArrayBuffer> {
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  const mixed = new Float32Array(STYLE_SIZE);
  for (const { row, weight } of parts) {
    for (let i = 0; i < STYLE_SIZE; i++) mixed[i] = (mixed[i] ?? 0) + ((row[i] ?? 0) * weight) / sum;
  }
  return mixed;
}
