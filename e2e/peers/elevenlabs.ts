import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Account, type PlanName } from './elevenlabs-account.ts';
import { bodyIssues, type Issue, queryIssues } from './elevenlabs-document.ts';
import { type PastGeneration, PeerHistory } from './elevenlabs-history.ts';
import { historyRoutes } from './elevenlabs-history-routes.ts';
import { listedModel, PEER_MODELS } from './elevenlabs-models.ts';
import { REFUSED, type RefusalShape, type Refused, refusalAnswer, refusedWith } from './elevenlabs-refusals.ts';
import { encoded, outputFormat, USUAL_FORMAT } from './elevenlabs-sound.ts';
import { atPace, type Generation, refusalOf, SPEECH_PATHS, type SpeechAnswer } from './elevenlabs-speech.ts';
import { ignoredOf, SpeechBody } from './elevenlabs-text.ts';
import { DEFAULT_SETTINGS, type ListedPeerVoice, listedVoice, peerVoices } from './elevenlabs-voices.ts';
import { asUvicorn, otherwise, sendDetail, wordsFor } from './fastapi.ts';
import { type Exchange, type Handler, type PeerOptions, sendJson } from './peer.ts';
import { PeerEngine } from './peer-engine.ts';
import { inReads } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';

export type Permission = 'text_to_speech' | 'voices_read' | 'models_read' | 'user_read' | 'speech_history_read';

export interface ElevenLabsOptions {
  /** The key it accepts. */
  key?: string;
  plan?: PlanName;
  /** Credits that are left; by default all of the plan's. */
  credits?: number;
  /** What the key may do; by default everything. */
  permissions?: readonly Permission[];
  /** The form of its refusals. */
  refusals?: RefusalShape;
  /** Cloned voices of the account. */
  clones?: number;
  /** Whether v3 takes only its three steps of stability, as it did until 2025-11. */
  v3Steps?: boolean;
  /** Whether v4 is spoken over HTTP: accounts differ. */
  v4?: boolean;
  /** What was generated before, in the order in which it was; by default nothing. */
  past?: readonly PastGeneration[];
  /** Whether past sounds are given in the format they were asked for in; by default all of them are MP3. */
  originalSounds?: boolean;
  /** Wait before the head of an answer with speech, in ms. */
  delayMs?: number;
  /** Wait before each piece of speech but the first, in ms. */
  paceMs?: number;
}

/** The key the peer accepts where no other is set. */
export const PEER_KEY = 'sk_peer_0123456789abcdef';

/** ElevenLabs as of November 2026, with what a test wants to know of it. */
export class ElevenLabsPeer extends SpeakingPeer {
  readonly account: Account;
  readonly history: PeerHistory;
  /** Requests that were not as the OpenAPI document has them. */
  readonly invalid: { path: string; issues: Issue[] }[] = [];
  /** What was taken and has no effect: unknown fields, settings the model does not honour. */
  readonly ignored: string[] = [];

  constructor(options: PeerOptions, engine: PeerEngine, account: Account, history: PeerHistory) {
    super(options, engine);
    this.account = account;
    this.history = history;
  }
}

/** A handler that also gets the number of its request. */
type Numbered = (exchange: Exchange, requestId: string) => Promise<void> | void;

/** A local ElevenLabs. Every request is validated against ElevenLabs' own OpenAPI document. */
export function createElevenLabsPeer(options: ElevenLabsOptions = {}): ElevenLabsPeer {
  const { key = PEER_KEY, plan = 'creator', credits, permissions, refusals = 'current' } = options;
  const {
    clones = 3,
    v3Steps = false,
    v4 = true,
    past = [],
    originalSounds = false,
    delayMs = 0,
    paceMs = 0,
  } = options;
  const voices = peerVoices(clones);
  const account = new Account(plan, credits);
  const engine = new PeerEngine();
  const history = new PeerHistory(engine, originalSounds);
  history.seed(past, voices, account);

  const refuse = ({ response }: Exchange, refused: Refused, requestId: string, headers = {}) => {
    const [status, body] = refusalAnswer(refused, refusals, requestId);
    sendJson(response, status, body, { 'request-id': requestId, ...headers });
  };

  /** Key, permission and form of the request, in the order the real one looks at them. */
  const checked =
    (method: string, path: string, permission: Permission, handler: Numbered): Handler =>
    (exchange) => {
      const requestId = randomUUID().replaceAll('-', '').slice(0, 20);
      const given = exchange.request.headers['xi-api-key'];
      if (given === undefined) return refuse(exchange, REFUSED.noKey, requestId);
      if (given !== key) return refuse(exchange, REFUSED.wrongKey, requestId);
      if (permissions && !permissions.includes(permission))
        return refuse(exchange, REFUSED.permission(permission), requestId);
      const { url, json } = exchange;
      const issues = [...queryIssues(method, path, url.searchParams), ...bodyIssues(method, path, json)];
      if (issues.length === 0) return handler(exchange, requestId);
      peer.invalid.push({ path: url.pathname, issues });
      return sendDetail(exchange, 422, issues);
    };

  const found = (exchange: Exchange, requestId: string): ListedPeerVoice | null => {
    const id = exchange.params.voice_id ?? '';
    const voice = voices.find((candidate) => candidate.id === id);
    if (!voice) refuse(exchange, /^[A-Za-z0-9]{20}$/u.test(id) ? REFUSED.voice(id) : REFUSED.voiceId(id), requestId);
    return voice ?? null;
  };
  const ofVoice = (path: string, answer: (voice: ListedPeerVoice) => unknown): Handler =>
    checked('GET', path, 'voices_read', (exchange, requestId) => {
      const voice = found(exchange, requestId);
      if (voice) sendJson(exchange.response, 200, answer(voice));
    });
  const reading = (path: string, permission: Permission, answer: () => unknown): Handler =>
    checked('GET', path, permission, ({ response }) => sendJson(response, 200, answer()));

  const list: Numbered = (exchange, requestId) => {
    const query = exchange.url.searchParams;
    const size = Number(query.get('page_size') ?? 10);
    if (size < 1 || size > 100) return refuse(exchange, REFUSED.pageSize(100), requestId);
    const search = query.get('search')?.toLowerCase() ?? '';
    const fitting = voices.filter(({ name }) => name.toLowerCase().includes(search));
    // Every default voice stands on the first page, whatever its size.
    const defaults = fitting.filter(({ category }) => category === 'premade');
    const others = fitting.filter(({ category }) => category !== 'premade');
    const from = Number(query.get('next_page_token') ?? 0);
    const to = from + size;
    const page = [...(from === 0 ? defaults : []), ...others.slice(from, to)];
    sendJson(exchange.response, 200, {
      voices: page.map((voice) => listedVoice(voice, peer.url)),
      has_more: to < others.length,
      total_count: fitting.length,
      next_page_token: to < others.length ? String(to) : null,
    });
  };

  const speaks = (path: string, answer: SpeechAnswer): Handler =>
    checked('POST', path, 'text_to_speech', async (exchange, requestId) => {
      const { url, json, response } = exchange;
      const body = SpeechBody.parse(json);
      peer.ignored.push(...ignoredOf(body, url.searchParams, path));
      const voice = found(exchange, requestId);
      if (!voice) return;
      const model = PEER_MODELS.find(({ id }) => id === body.model_id);
      if (!model) return refuse(exchange, REFUSED.model(body.model_id), requestId);
      const format = outputFormat(url.searchParams.get('output_format') ?? USUAL_FORMAT.name);
      if (!format) return sendJson(response, 501, { detail: 'This peer does not make this format.' });
      const generation: Generation = {
        body,
        model,
        voice,
        format,
        requestId,
        credits: account.cost(body.text, model, voice),
      };
      let used = 0;
      // Without logging nothing of a request is kept.
      if (url.searchParams.get('enable_logging') !== 'false') {
        generation.onSpoken = (sound) => history.spoke(generation, sound, used);
      }
      const refused = refusalOf(generation, account, url.searchParams, { v3Steps, v4 });
      if (refused) return refuse(exchange, refused, requestId);
      const free = account.begin(model);
      if (!free) return refuse(exchange, REFUSED.concurrent(account.most(model)), requestId);
      const headers = {
        'content-type': answer.contentType(generation),
        'request-id': requestId,
        'x-trace-id': randomUUID().replaceAll('-', ''),
        'character-cost': String(generation.credits),
        'current-concurrent-requests': String(account.running(model)),
        'maximum-concurrent-requests': String(account.most(model)),
      };
      async function* billed(): AsyncGenerator<Uint8Array> {
        account.bill({
          requestId,
          model: generation.model.id,
          voice: generation.voice.id,
          characters: [...body.text].length,
          credits: generation.credits,
        });
        used = account.used;
        yield* atPace(answer.body(engine, generation), paceMs);
      }
      try {
        if (delayMs > 0) await wait(delayMs);
        await peer.sendSound(exchange, headers, billed());
      } catch (thrown) {
        // Whoever stops the peer ends its engine in the midst of a word.
        if (!(thrown instanceof Error && thrown.name === 'AbortError')) throw thrown;
        response.destroy();
      } finally {
        free();
      }
    });

  const preview: Handler = async (exchange) => {
    const voice = voices.find(({ id }) => `${id}.mp3` === exchange.params.file);
    if (!voice?.preview) return sendJson(exchange.response, 404, { detail: 'Not Found' });
    const sound = await engine.job(() => engine.say(`Hello, I am ${voice.name}.`, voice));
    await peer.sendSound(
      exchange,
      { 'content-type': USUAL_FORMAT.contentType },
      inReads([await encoded(sound, USUAL_FORMAT)]),
    );
  };

  const speechPath = '/v1/text-to-speech/{voice_id}';
  const routes = asUvicorn({
    'GET /v1/models': reading('/v1/models', 'models_read', () => PEER_MODELS.map(listedModel)),
    'GET /v1/user/subscription': reading('/v1/user/subscription', 'user_read', () => account.subscription()),
    'GET /v2/voices': checked('GET', '/v2/voices', 'voices_read', list),
    'GET /v1/voices/settings/default': reading('/v1/voices/settings/default', 'voices_read', () => DEFAULT_SETTINGS),
    'GET /v1/voices/:voice_id': ofVoice('/v1/voices/{voice_id}', (voice) =>
      listedVoice(voice, peer.url, voice.settings),
    ),
    'GET /v1/voices/:voice_id/settings': ofVoice('/v1/voices/{voice_id}/settings', ({ settings }) => settings),
    'GET /previews/:file': preview,
    ...historyRoutes({
      history,
      checked: (path, handler) => checked('GET', path, 'speech_history_read', handler),
      refuse,
      sendSound: (exchange, headers, pieces) => peer.sendSound(exchange, headers, pieces),
    }),
    ...Object.fromEntries(
      Object.entries(SPEECH_PATHS).map(([end, answer]) => [
        `POST /v1/text-to-speech/:voice_id${end}`,
        speaks(`${speechPath}${end}`, answer),
      ]),
    ),
  });
  const peer = new ElevenLabsPeer(
    {
      name: 'elevenlabs',
      routes,
      otherwise: otherwise(routes, 'GET, POST, OPTIONS'),
      refuse: (exchange, status, headers) => {
        const refused = refusedWith(status);
        if (status === 422)
          sendDetail(exchange, 422, [{ loc: ['body', 'text'], msg: 'Field required', type: 'missing' }]);
        else if (refused) refuse(exchange, refused, 'faultfaultfaultfault', headers);
        else sendDetail(exchange, status, wordsFor(status), headers);
      },
    },
    engine,
    account,
    history,
  );
  return peer;
}
