import type { ModelKind } from './dialect.ts';

/** What each model is called, for a person. */
export const MODEL_NAMES: Readonly<Record<ModelKind, string>> = {
  original: 'Chatterbox',
  multilingual: 'Chatterbox Multilingual',
  turbo: 'Chatterbox Turbo',
  unknown: 'Chatterbox',
};
