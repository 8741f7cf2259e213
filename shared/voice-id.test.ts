import { expect, it } from 'vitest';
import { voiceIdParts } from './voice-id.ts';

it('parts the id of a voice at the first colon', () => {
  expect(voiceIdParts('builtin:kokoro/af_heart')).toEqual({ provider: 'builtin', local: 'kokoro/af_heart' });
  expect(voiceIdParts('openai:a:b')).toEqual({ provider: 'openai', local: 'a:b' });
  expect(voiceIdParts('anna')).toEqual({ provider: '', local: 'anna' });
});
