import { describe, expect, test } from 'vitest';
import { mappedVoice, sourceVoice } from '../library/test-mapping.ts';
import { mappingInForce } from './mapping-in-force.ts';

/** Connections that are there, with their kinds. */
const KINDS: Record<string, string> = {
  builtin: 'builtin',
  elevenlabs: 'elevenlabs',
  'elevenlabs-2': 'elevenlabs',
  chatterbox: 'chatterbox',
  'chatterbox-2': 'chatterbox',
};

/** Where a mapping of one old id leads, of several `from>to`, the newest first. */
function ledTo(provider: string, ...approved: string[]): string | null {
  const mappings = approved.map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from: sourceVoice(`${from}:old`), to: mappedVoice(`${to}:new`) };
  });
  const found = mappingInForce(mappings, provider, (id) => KINDS[id]);
  return found?.to.voiceId.split(':')[0] ?? null;
}

describe('a mapping answers', () => {
  test.each([
    ['builtin', 'elevenlabs>chatterbox', 'chatterbox'],
    ['chatterbox', 'elevenlabs>chatterbox', 'chatterbox'],
    ['chatterbox-2', 'elevenlabs>chatterbox', 'chatterbox'],
    ['elevenlabs', 'chatterbox>elevenlabs', 'elevenlabs'],
    ['elevenlabs-2', 'elevenlabs>elevenlabs-2', 'elevenlabs-2'],
    ['chatterbox', 'gone>chatterbox', 'chatterbox'],
  ])('with %s in force: %s', (provider, pair, to) => {
    expect(ledTo(provider, pair)).toBe(to);
  });

  test.each([
    ['elevenlabs', 'elevenlabs>chatterbox'],
    ['elevenlabs', 'elevenlabs>elevenlabs'],
    ['elevenlabs', 'elevenlabs-2>chatterbox'],
    ['elevenlabs', 'elevenlabs-7>chatterbox'],
    ['elevenlabs-2', 'elevenlabs>chatterbox'],
    ['chatterbox', 'chatterbox>elevenlabs'],
    ['chatterbox', 'chatterbox-9>elevenlabs'],
  ])('not with %s in force: %s', (provider, pair) => {
    expect(ledTo(provider, pair)).toBeNull();
  });

  test('that leads to the provider in force, though another one is newer; else the newest', () => {
    expect(ledTo('chatterbox', 'elevenlabs>elevenlabs-2', 'elevenlabs>chatterbox')).toBe('chatterbox');
    expect(ledTo('elevenlabs-2', 'elevenlabs>chatterbox', 'elevenlabs>elevenlabs-2')).toBe('elevenlabs-2');
    expect(ledTo('builtin', 'elevenlabs>chatterbox-2', 'elevenlabs>chatterbox')).toBe('chatterbox-2');
  });
});
