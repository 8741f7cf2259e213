import { Hono } from 'hono';
import { z } from 'zod';
import { type FaultError, fault } from '../../shared/errors.ts';
import { MOST_PAST_SPEECH } from '../../shared/schemas/past-speech.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Provider } from '../providers/provider.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { path, query } from './body.ts';

const ByProvider = path(z.object({ provider: z.string().min(1).max(80) }));
const ByVoice = path(z.object({ id: z.string().min(1).max(200) }));
const Most = query(z.object({ most: z.coerce.number().int().min(1).max(MOST_PAST_SPEECH).default(50) }));

const remembersNothing = ({ name }: Provider): FaultError =>
  fault('unsupported', `${name} does not remember what was spoken with it.`, {
    kept: 'Nothing was asked of it.',
    todo: 'Choose its voices from the list, and let them speak something new or bring recordings of them.',
  });

/** What providers remember of what they spoke: which voices are in use, and what they said. None of it costs anything. */
export function pastSpeechApi({ registry }: StudioParts) {
  const provider = (id: string) => found(registry.provider(id), 'provider');
  return new Hono()
    .get('/used/:provider', ByProvider, async (c) => {
      const one = provider(c.req.valid('param').provider);
      if (!one.usedVoices) throw remembersNothing(one);
      return c.json(await one.usedVoices(c.req.raw.signal));
    })
    .get('/:id/past', ByVoice, Most, async (c) => {
      // A voice that was removed from the account may be remembered still.
      const { provider: id, local } = voiceIdParts(c.req.valid('param').id);
      const one = provider(id);
      if (!one.pastSpeech) throw remembersNothing(one);
      return c.json({ past: await one.pastSpeech(local, c.req.valid('query').most, c.req.raw.signal) });
    });
}
