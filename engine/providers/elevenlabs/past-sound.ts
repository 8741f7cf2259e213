import { fault } from '../../../shared/errors.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { onEnd } from '../patience/on-end.ts';
import type { SpeechStream } from '../provider.ts';
import { type ReadSpeechOptions, readSpeech } from '../reading/read-speech.ts';
import type { ElevenLabsClient } from './client.ts';
import { told } from './history.ts';

/**
 * The sound of something that was generated before, which costs nothing: asked for again where that may help.
 *
 * @param id of the history item
 * @throws FaultError not_found (deleted there), unauthorised (the key may not read the history), unsupported (made for
 *   telephones), bad_audio, cut_short, cancelled, and what else ElevenLabs says
 */
export function pastSound(
  client: ElevenLabsClient,
  id: string,
  decode: ReadSpeechOptions['decode'],
  signal: AbortSignal,
): Promise<SpeechStream> {
  return told(client.patiently(() => readOnce(client, id, decode, signal), signal));
}

async function readOnce(
  client: ElevenLabsClient,
  id: string,
  decode: ReadSpeechOptions['decode'],
  signal: AbortSignal,
): Promise<SpeechStream> {
  const answer = await client.pastSound(id, signal);
  try {
    const rawRate = await rawRateOf(answer, client, id, signal);
    const read = await readSpeech(answer.body, { server: 'ElevenLabs', rawRate, decode });
    let ended = false;
    async function* chunks() {
      try {
        yield* read.chunks;
        ended = true;
      } catch (thrown) {
        throw client.clean(thrown);
      }
    }
    return {
      sampleRate: read.sampleRate,
      totalSamples: read.totalSamples,
      request: { address: client.base, path: `/v1/history/${id}/audio` },
      seed: null,
      // A body that was read to its end leaves its connection to the next one.
      chunks: onEnd(chunks(), () => {
        if (!ended) answer.release();
      }),
      cost: () => ({ estimated: 0, billed: 0, currency: '' }),
    };
  } catch (thrown) {
    answer.release();
    throw client.clean(thrown);
  }
}

/** Rate in Hz of samples without a header: by their type, or by the format they were asked for in; null for files. */
async function rawRateOf(
  { header }: HttpAnswer,
  client: ElevenLabsClient,
  id: string,
  signal: AbortSignal,
): Promise<number | null> {
  const type = header('content-type') ?? '';
  if (/\b(x-)?(mu|u|a)-?law|\bbasic\b|\bpcm[ua]\b/iu.test(type)) {
    throw fault(
      'unsupported',
      'This was generated as sound for telephones (µ-law or A-law), which Timbre cannot read.',
      {
        kept: 'It is kept at ElevenLabs.',
        todo: 'Choose something else that the voice has spoken, or let it speak something new.',
      },
    );
  }
  if (!/\b(pcm|l16)\b/iu.test(type)) return null;
  const rate = /\brate=(\d{4,6})\b/iu.exec(type)?.[1];
  if (rate !== undefined) return Number(rate);
  const { output_format: format } = await client.historyItem(id, signal);
  const asked = /^pcm_(\d{4,6})$/u.exec(format ?? '')?.[1];
  return asked === undefined ? null : Number(asked);
}
