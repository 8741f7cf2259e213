import { cpus } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { fault, toFault } from '../../../shared/errors.ts';
import { floatToS16 } from '../../../shared/sound/pcm.ts';
import { answerCommands } from '../../workers/answer-commands.ts';
import { distrustModel, joinModel } from './join-model.ts';
import { DURATION_UNIT, DURATIONS } from './kokoro-parts.ts';
import { KokoroCommand, type KokoroTold } from './speech-commands.ts';
import { checkSound, KOKORO_RATE, silences, trimSilence } from './speech-sound.ts';

let session: InferenceSession | null = null;

async function load(path: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      // More than four threads gain nothing on a model of this size and take the cores from the sound.
      intraOpNumThreads: Math.max(1, Math.min(4, cpus().length)),
      // Each clause has another length: a memory plan for every one of them only costs.
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch (thrown) {
    await distrustModel(path);
    throw fault('provider_fault', 'The Kokoro model could not be loaded.', {
      kept: 'Your takes are untouched, and the eSpeak voices work.',
      todo: 'Close other programs if memory is short, and try again.',
      said: toFault(thrown).said ?? '',
    });
  }
}

/**
 * Runs the model once. Token id 0 pads both ends; `style` is one row of a voice. Float samples at 24 kHz, and how long
 * each token is heard, in s.
 */
async function run(model: InferenceSession, tokens: number[], style: Float32Array, speed: number) {
  const ids = BigInt64Array.from([0, ...tokens, 0], BigInt);
  const output = await model.run({
    input_ids: new Tensor('int64', ids, [1, ids.length]),
    style: new Tensor('float32', style, [1, style.length]),
    speed: new Tensor('float32', Float32Array.of(speed), [1]),
  });
  const waveform = output[model.outputNames[0] ?? 'waveform']?.data;
  const units = output[DURATIONS]?.data;
  if (!(waveform instanceof Float32Array)) throw fault('bad_audio', 'The Kokoro model gave no sound.');
  if (!(units instanceof Float32Array)) throw fault('internal', 'The Kokoro model told no durations.');
  return { waveform, durations: Array.from(units, (count) => count * DURATION_UNIT) };
}

/**
 * When each token begins in a sound that begins so many s after the padding does, and when the last one ends. None where
 * the durations do not come to the length of the clip: then they are not of this sound.
 */
function tokenTimes(durations: number[], clip: number, before: number): number[] {
  const [padding = 0, ...rest] = durations;
  const sum = durations.reduce((total, duration) => total + duration, 0);
  if (Math.abs(sum - clip) > DURATION_UNIT / 2) return [];
  const times = [padding - before];
  for (const duration of rest.slice(0, -1)) times.push((times.at(-1) ?? 0) + duration);
  return times;
}

answerCommands(KokoroCommand, async (command, answering) => {
  switch (command.type) {
    case 'load': {
      const path = await joinModel(command.folder, command.parts, command.model, answering.progress);
      session ??= await load(path);
      return { result: null };
    }
    case 'say': {
      if (!session) throw fault('internal', 'The Kokoro model is not loaded.');
      const { waveform, durations } = await run(session, command.tokens, command.style, command.speed);
      checkSound(waveform);
      const { samples, before } = trimSilence(waveform);
      answering.sound(floatToS16(samples));
      const tokens = tokenTimes(durations, waveform.length / KOKORO_RATE, before / KOKORO_RATE);
      const told: KokoroTold = { tokens, silences: silences(samples) };
      return { result: told };
    }
  }
});
