import type { Settings } from '../../../shared/controls/controls.ts';
import type { Plan } from '../../../shared/controls/plan-controls.ts';
import type { OwnerWord } from '../../elements/owner-badge.tsx';
import type { LiveControl } from '../../stores/desk.ts';
import type { LoadedTake } from '../../stores/heard.ts';

export interface BadgeWords {
  word: OwnerWord;
  why: string;
}

/**
 * What stands beside a live control: who does it, or that what is heard is the studio's preview of what the voice
 * will do itself when it is rendered again.
 */
export function badgeOf(
  control: LiveControl,
  plan: Plan,
  { loaded, heard }: { loaded: LoadedTake | null; heard: 'rendered' | 'sliders' },
): BadgeWords {
  const { owner, why } = plan.controls[control];
  if (owner === 'none') return { word: 'no effect', why };
  if (loaded !== null && heard === 'sliders' && loaded.sent[control] !== plan.send[control]) {
    return {
      word: 'preview',
      why: `The studio previews this on the take you hear. Render again to have it for good. ${why}`,
    };
  }
  return { word: owner === 'provider' ? 'native' : 'studio', why };
}

/** What stands beside the emotion: that it takes a new render, that it is in the take already, or has no effect. */
export function emotionBadge(plan: Plan, settings: Settings, loaded: LoadedTake | null): BadgeWords {
  const { owner, why } = plan.controls.emotion;
  if (owner === 'none') return { word: 'no effect', why };
  const { name, intensity } = settings.emotion;
  const before = loaded?.settings.emotion;
  const same = before === undefined || (before.name === name && (name === 'neutral' || before.intensity === intensity));
  return same ? { word: 'native', why } : { word: 'next render', why };
}
