import { Hono } from 'hono';
import { z } from 'zod';
import { Settings } from '../../shared/controls/controls.ts';
import type { StudioParts } from '../studio-parts.ts';
import { checkText } from '../text/check-text.ts';
import { jsonBody } from './body.ts';

const TextCheck = z.object({
  text: z.string().max(100_000),
  voiceId: z.string().max(200),
  modelId: z.string().max(200).nullish(),
  settings: Settings.optional(),
});

/** What would become of a text, before it is made. */
export function textApi(parts: Pick<StudioParts, 'registry'>) {
  return new Hono().post('/check', jsonBody(TextCheck), async (c) => {
    const { text, voiceId, modelId, settings } = c.req.valid('json');
    const { voice, model, provider, local } = await parts.registry.resolve(voiceId, c.req.raw.signal, modelId);
    const report = checkText({ text, voice, model, settings });
    const cost = provider.estimate(model.id, report.characters, local);
    return c.json({ ...report, cost, unpriced: cost === null && provider.bills === true });
  });
}
