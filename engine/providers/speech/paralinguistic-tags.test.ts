import { describe, expect, it } from 'vitest';
import { adaptTags, SOUND_TAGS } from './paralinguistic-tags.ts';

describe('tags in square brackets', () => {
  it('stay where the model speaks them', () => {
    const text = 'Well [laugh] yes. [clear throat] So.';
    expect(adaptTags(text, 'chatterbox')).toEqual({ text, removed: [], translated: [] });
    expect(adaptTags('[whispers] Come. [strong French accent] Here.', 'elevenlabs').removed).toEqual([]);
  });

  it('are taken out where the model would read them aloud, without a trace', () => {
    expect(adaptTags('Well [laugh], yes [Sighs] . [whispering]', 'none')).toEqual({
      text: 'Well, yes.',
      removed: ['[laugh]', '[Sighs]', '[whispering]'],
      translated: [],
    });
    expect(adaptTags('[strong French accent] Hello.', 'none').text).toBe('Hello.');
    expect(adaptTags('One [laugh]\n[sigh] two', 'none').text).toBe('One\ntwo');
  });

  it('are said in the words of the other family', () => {
    expect(adaptTags('[laughs] Hello [whispers]', 'chatterbox')).toEqual({
      text: '[laugh] Hello [whispering]',
      removed: [],
      translated: ['[laughs]', '[whispers]'],
    });
    expect(adaptTags('[laugh] [clear throat] [dramatic]', 'elevenlabs').text).toBe(
      '[laughs] [clears throat] [dramatic]',
    );
  });

  it('are taken out where the other family has none', () => {
    expect(adaptTags('[gunshot] Duck!', 'chatterbox')).toMatchObject({ text: 'Duck!', removed: ['[gunshot]'] });
  });

  it('are only those a server says it has', () => {
    const adapted = adaptTags('[laugh] Hi [whispers] [giggle]', 'chatterbox', [...SOUND_TAGS, 'giggle']);
    expect(adapted).toMatchObject({ text: '[laugh] Hi [giggle]', removed: ['[whispers]'] });
  });

  it('are not what merely stands in brackets, nor pauses', () => {
    const text = 'See [chapter one], [pause 0.8s] and a[0].';
    for (const family of ['chatterbox', 'elevenlabs', 'none'] as const) expect(adaptTags(text, family).text).toBe(text);
  });
});
