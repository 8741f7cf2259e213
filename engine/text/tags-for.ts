import type { Model } from '../../shared/schemas/voice.ts';
import { type AdaptedText, adaptTags } from '../providers/speech/paralinguistic-tags.ts';

/** A text with its tags in a model's own words; those that the model would read aloud are taken out. */
export function tagsFor({ capabilities: { tags } }: Pick<Model, 'capabilities'>, text: string): AdaptedText {
  if (!tags) return adaptTags(text, 'none');
  return tags.family === 'elevenlabs'
    ? adaptTags(text, 'elevenlabs')
    : adaptTags(
        text,
        'chatterbox',
        tags.list.map(({ tag }) => tag),
      );
}
