import { CHATTERBOX } from './chatterbox/kind.ts';
import { ELEVENLABS } from './elevenlabs/kind.ts';
import type { ProviderKind } from './provider.ts';

/** Every kind of provider that a person can set up. A further one is one more line here. */
export const KINDS: readonly ProviderKind[] = [ELEVENLABS, CHATTERBOX];
