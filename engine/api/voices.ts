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
import { pcmResponse } from './pcm-response.ts';

const FAVOURITES = 'favourites';
const Favourites = z.array(z.string().max(200)).catch([]);
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

/** Voices and models of all providers, favourites, blends, previews. */
export function voicesApi(parts: StudioParts) {
  const favourites = () => Favourites.parse(parts.library().preference(FAVOURITES) ?? []);
  return new Hono()
    .get('/', async (c) => {
      const { signal } = c.req.raw;
      const [voices, models] = await Promise.all([parts.registry.voices(signal), parts.registry.models(signal)]);
      return c.json({ voices, models, favourites: favourites() });
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
    .post('/warm', jsonBody(z.object({ voiceId: z.string().max(200) })), async (c) => {
      const { provider, model } = await parts.registry.resolve(c.req.valid('json').voiceId, c.req.raw.signal);
      void provider.warm?.(model.id);
      return c.json({ ok: true });
    })
    .post('/preview', jsonBody(z.object({ voiceId: z.string().max(200) })), async (c) => {
      const { signal } = c.req.raw;
      const found = await parts.registry.resolve(c.req.valid('json').voiceId, signal);
      const text = sanitiseText(previewText(found.voice.languages[0] ?? 'en', found.voice.name));
      const controller = new AbortController();
      // Whoever leaves before the first sound has no body to cancel.
      signal.addEventListener('abort', () => controller.abort(), { once: true });
      const { request } = prepareSpeech(found, text, NEUTRAL_SETTINGS);
      const stream = await found.provider.stream(request, controller.signal);
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
