import { z } from 'zod';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { EngineFailure, PeerEngine } from './peer-engine.ts';
import { type NamedVoice, numberedVoice } from './peer-voices.ts';
import { PRECISIONS, resembleSound, resembleWav } from './resemble-wav.ts';
import { cutOnFailure, inReads, sentenceChunks } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';
import { PEER_RATE } from './speech.ts';

export interface ResembleOptions {
  /** Key that has to come as a Bearer token. */
  apiKey?: string;
  /** How many voices there are; more than fit on one page by default. */
  voices?: number;
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
}

const NAMES = ['Aurora', 'Blade', 'Britney', 'Carl', 'Cliff', 'Richard', 'Rico', 'Siobhan', 'Vicky'];
const DEFAULT_RATE = 48_000;
/** Requests longer than this are refused; the service's own pages disagree between 2000 and 3000. */
const MOST_CHARACTERS = 3000;

const Synthesis = z.object({
  voice_uuid: z.string(),
  data: z.string(),
  project_uuid: z.string().optional(),
  title: z.string().optional(),
  model: z.string().optional(),
  precision: z.enum(PRECISIONS).default('PCM_32'),
  output_format: z.enum(['wav', 'mp3']).default('wav'),
  sample_rate: z.literal([8000, 16000, 22050, 24000, 32000, 44100, 48000]).default(DEFAULT_RATE),
});
type Synthesis = z.infer<typeof Synthesis>;

/** The name of voice number so-and-so, and what stands for it in requests. */
function voiceAt(at: number) {
  const again = Math.floor(at / NAMES.length);
  const name = `${NAMES[at % NAMES.length]}${again > 0 ? ` ${again + 1}` : ''}`;
  return { uuid: (0x10000000 + at * 0x1111).toString(16), name, spoken: numberedVoice(name, at) };
}

const fail = ({ response }: Exchange, status: number, message: string, headers = {}) =>
  sendJson(response, status, { success: false, message }, headers);

/** Resemble's hosted API: its two hosts, one for speech and one for voices, are one here. */
export function createResemblePeer({ apiKey = 'resemble-key', voices = 12, paceMs = 0 }: ResembleOptions = {}) {
  const engine = new PeerEngine({ paceMs });
  const list = Array.from({ length: voices }, (_, at) => voiceAt(at));

  const allowed =
    (handler: Handler): Handler =>
    (exchange) => {
      if (exchange.request.headers.authorization === `Bearer ${apiKey}`) return handler(exchange);
      fail(exchange, 401, 'Invalid or missing API token.');
    };

  /** What is asked for and who speaks it; null where it was refused already. */
  const asked = (exchange: Exchange): { body: Synthesis; voice: NamedVoice } | null => {
    const parsed = Synthesis.safeParse(exchange.json);
    const voice = list.find(({ uuid }) => uuid === parsed.data?.voice_uuid)?.spoken;
    const refusal = (): readonly [number, string] | null => {
      if (!parsed.success) return [400, `Invalid ${parsed.error.issues[0]?.path.join('.') || 'body'}`];
      if (parsed.data.data.trim() === '') return [400, 'Invalid data: it is empty'];
      if (parsed.data.data.length > MOST_CHARACTERS) {
        return [400, `Invalid data: more than ${MOST_CHARACTERS} characters`];
      }
      return voice ? null : [404, 'Voice not found'];
    };
    const refused = refusal();
    if (refused) fail(exchange, ...refused);
    return refused || !voice || !parsed.data ? null : { body: parsed.data, voice };
  };

  /** Speaks a text without its markup, chunk by chunk, at the rate that is asked for. */
  const speak = async (
    { body, voice }: { body: Synthesis; voice: NamedVoice },
    give: (sound: Float32Array) => void,
  ) => {
    for (const chunk of sentenceChunks(body.data.replace(/<[^>]*>/gu, ' ').trim(), 1)) {
      const made = await renderOffline(await engine.say(chunk, voice), PEER_RATE, NEUTRAL_STUDIO);
      give(convertRate(made, body.sample_rate));
    }
  };

  const synthesize: Handler = async (exchange) => {
    const request = asked(exchange);
    if (!request) return;
    const { body } = request;
    const sounds: Float32Array[] = [];
    try {
      await engine.job(() => speak(request, (sound) => sounds.push(sound)));
    } catch (thrown) {
      if (!(thrown instanceof EngineFailure)) throw thrown;
      return void fail(exchange, 500, `Synthesis failed: ${thrown.message}`);
    }
    const { file, seconds } = await resembleSound(sounds, body);
    const letters = [...body.data];
    const answer = {
      success: true,
      audio_content: file.toString('base64'),
      audio_timestamps: {
        graph_chars: letters,
        graph_times: letters.map((_, i) => [(i / letters.length) * seconds, ((i + 1) / letters.length) * seconds]),
        phon_chars: [],
        phon_times: [],
      },
      duration: seconds,
      synth_duration: seconds / 10,
      output_format: body.output_format,
      sample_rate: body.sample_rate,
      seed: engine.spoken.length,
      title: body.title ?? null,
      issues: [],
    };
    await peer.sendSound(
      exchange,
      { 'content-type': 'application/json' },
      inReads([Buffer.from(JSON.stringify(answer))]),
    );
  };

  const stream: Handler = (exchange) => {
    const request = asked(exchange);
    if (!request) return;
    const { sample_rate, precision } = request.body;
    const wav = resembleWav(sample_rate, precision);
    const bursts = engine.stream<Uint8Array>(async (give) => {
      give(wav.header);
      await speak(request, (sound) => give(wav.samples(sound)));
    });
    return peer.sendSound(exchange, { 'content-type': 'audio/wav' }, cutOnFailure(exchange, inReads(bursts)));
  };

  const voicePages: Handler = (exchange) => {
    const query = z.object({
      page: z.coerce.number().int().min(1),
      page_size: z.coerce.number().int().min(10).max(1000).default(10),
    });
    const parsed = query.safeParse(Object.fromEntries(exchange.url.searchParams));
    if (!parsed.success) return void fail(exchange, 400, `Invalid ${parsed.error.issues[0]?.path.join('.')}`);
    const { page, page_size } = parsed.data;
    sendJson(exchange.response, 200, {
      success: true,
      page,
      total_results: list.length,
      page_count: Math.ceil(list.length / page_size),
      items: list.slice((page - 1) * page_size, page * page_size).map(({ uuid, name }) => ({
        uuid,
        name,
        status: 'finished',
        default_language: 'en-US',
        supported_languages: ['en-US'],
        voice_type: 'professional',
        created_at: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
      })),
    });
  };

  const peer = new SpeakingPeer(
    {
      name: 'resemble',
      routes: {
        'POST /synthesize': allowed(synthesize),
        'POST /stream': allowed(stream),
        'GET /api/v2/voices': allowed(voicePages),
      },
      otherwise: (exchange) => fail(exchange, 404, 'Not found'),
      refuse: (exchange, status, headers) =>
        fail(exchange, status, status === 429 ? 'Rate limit exceeded' : 'The request was refused', headers),
    },
    engine,
  );
  return peer;
}
