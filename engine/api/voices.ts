import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import { BlendRequest } from '../../shared/schemas/voice.ts';
import { previewText } from '../../shared/text/preview-text.ts';
import { sanitiseText } from '../../shared/text/sanitise.ts';
import type { StudioParts } from '../studio-parts.ts';
import { prepareSpeech } from '../synthesis/prepare-speech.ts';
import { jsonBody, path } from './body.ts';
import { pastSpeechApi } from './past-speech.ts';
import { pcmResponse } from './pcm-response.ts';

const FAVOURITES = 'favourites';
const Favourites = z.array(z.string().max(200)).catch([]);
/** A voice, and one of its models where it is not to be its own. */
const Wanted = z.object({ voiceId: z.string().max(200), modelId: z.string().max(200).nullish() });

const VoiceId = path(z.object({ id: z.string().min(1).max(200) }));

/** Presets named where a voice is in use; the rest is counted. */
const PRESETS_NAMED = 5;

/** @throws FaultError conflict, where a preset speaks with this voice */
function refuseUsed(parts: StudioParts, voiceId: string): void {
  const names = parts
    .library()
    .presets()
    .filter((preset) => preset.voiceId === voiceId)
    .map((preset) => `“${preset.name}”`);
  if (names.length === 0) return;
  const more = names.length > PRESETS_NAMED ? ` and ${names.length - PRESETS_NAMED} more` : '';
  throw fault('conflict', `Presets use this voice: ${names.slice(0, PRESETS_NAMED).join(', ')}${more}.`, {
    kept: 'The voice is kept.',
    todo: 'Give those presets another voice or remove them, then remove this one.',
  });
}

/** Voices and models of all providers, favourites, blends, previews, and what they spoke before. */
export function voicesApi(parts: StudioParts) {
  const favourites = () => Favourites.parse(parts.library().preference(FAVOURITES) ?? []);
  return new Hono()
    .route('/', pastSpeechApi(parts))
    .get('/', async (c) => {
      const all = await parts.registry.known(c.req.raw.signal);
      return c.json({ ...all, favourites: favourites() });
    })
    .post('/refresh', jsonBody(z.object({ provider: z.string().max(80).optional() })), async (c) => {
      const all = await parts.registry.refresh(c.req.raw.signal, c.req.valid('json').provider);
      return c.json({ ...all, favourites: favourites() });
    })
    .post('/blends', jsonBody(BlendRequest), async (c) => {
      const provider = parts.registry.provider('builtin');
      if (!provider?.blend) throw fault('unsupported', 'There is no provider that can blend voices.');
      const voice = await provider.blend(c.req.valid('json'));
      parts.events.publish({ type: 'changed', what: 'voices' });
      return c.json({ voice });
    })
    .delete('/blends/:id', VoiceId, async (c) => {
      const local = c.req.valid('param').id.replace(/^builtin:/, '');
      refuseUsed(parts, `builtin:${local}`);
      await parts.registry.provider('builtin')?.removeBlend?.(local);
      parts.events.publish({ type: 'changed', what: 'voices' });
      return c.json({ ok: true });
    })
    .put('/:id/favourite', VoiceId, jsonBody(z.object({ favourite: z.boolean() })), (c) => {
      const { id } = c.req.valid('param');
      const others = favourites().filter((favourite) => favourite !== id);
      const now = c.req.valid('json').favourite ? [...others, id] : others;
      parts.library().setPreference(FAVOURITES, now);
      return c.json({ favourites: now });
    })
    .post('/warm', jsonBody(Wanted), async (c) => {
      const { voiceId, modelId } = c.req.valid('json');
      const { provider, model, local } = await parts.registry.resolve(voiceId, c.req.raw.signal, modelId);
      // Why it fails is told by the provider's health.
      void provider.warm?.(model.id, local).catch(() => undefined);
      return c.json({ ok: true });
    })
    .post('/preview', jsonBody(Wanted), async (c) => {
      const { signal } = c.req.raw;
      const { voiceId, modelId } = c.req.valid('json');
      const found = await parts.registry.resolve(voiceId, signal, modelId);
      const text = sanitiseText(previewText(found.voice.languages[0] ?? 'en', found.voice.name));
      const controller = new AbortController();
      // Whoever leaves before the first sound has no body to cancel.
      signal.addEventListener('abort', () => controller.abort(), { once: true });
      // A recording of the provider's own costs nothing, and is how the voice is meant to sound.
      const own = await found.provider.preview?.(found.local, controller.signal);
      const { request } = prepareSpeech(found, text, NEUTRAL_SETTINGS);
      const stream = own ?? (await found.provider.stream(request, controller.signal));
      async function* read() {
        try {
          yield* stream.chunks;
        } finally {
          controller.abort();
        }
      }
      const { sampleRate, totalSamples } = stream;
      return pcmResponse({ takeId: randomUUID(), cached: false, sampleRate, totalSamples, read });
    });
}
