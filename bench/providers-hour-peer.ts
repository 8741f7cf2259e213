import { modelInfo } from '../e2e/peers/devnen-facts.ts';
import { asUvicorn, otherwise, sendDetail, wordsFor } from '../e2e/peers/fastapi.ts';
import { sendJson } from '../e2e/peers/peer.ts';
import { PeerEngine } from '../e2e/peers/peer-engine.ts';
import { numberedVoice } from '../e2e/peers/peer-voices.ts';
import { inReads, pcmHeader } from '../e2e/peers/sound-framing.ts';
import { SpeakingPeer } from '../e2e/peers/speaking-peer.ts';
import { PEER_RATE } from '../e2e/peers/speech.ts';
import { s16ToBytes } from '../shared/sound/pcm.ts';

/** Length of its answer in samples. */
export const HOUR_SAMPLES = 3600 * PEER_RATE;

const TEXT = 'The harbour lay silent, and the last boat had long since gone. Nobody saw the lamp go out.';

/** Speaks for an hour whatever it is asked, as fast as it is listened to, in the manner and framing of devnen's server. */
export function createHourPeer(): SpeakingPeer {
  const engine = new PeerEngine();
  const sound = engine.say(TEXT, numberedVoice('Emily', 0)).then(s16ToBytes);

  async function* hour(): AsyncGenerator<Uint8Array> {
    yield pcmHeader(PEER_RATE, { riff: 0xffffffff, data: 0xffffffff });
    const speech = await sound;
    for (let left = HOUR_SAMPLES * 2; left > 0; left -= speech.length) yield speech.subarray(0, left);
  }

  const routes = asUvicorn({
    'GET /api/model-info': ({ response }) => sendJson(response, 200, modelInfo('original')),
    'GET /get_predefined_voices': ({ response }) =>
      sendJson(response, 200, [{ display_name: 'Emily', filename: 'Emily.wav' }]),
    'GET /get_reference_files': ({ response }) => sendJson(response, 200, []),
    'POST /tts': (exchange) => peer.sendSound(exchange, { 'content-type': 'audio/wav' }, inReads(hour())),
  });
  const peer = new SpeakingPeer(
    {
      name: 'hour',
      routes,
      otherwise: otherwise(routes, 'GET, POST, OPTIONS'),
      refuse: (exchange, status, headers) => sendDetail(exchange, status, wordsFor(status), headers),
    },
    engine,
  );
  return peer;
}
