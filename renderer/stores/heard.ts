import { NEUTRAL_STUDIO, type Settings, type StudioSettings } from '../../shared/controls/controls.ts';
import { previewStudio } from '../../shared/controls/plan-controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { PlayerStatus } from '../player/player-state.ts';

/** Something is heard, or will be as soon as its sound arrives. */
export function isSounding(status: PlayerStatus): boolean {
  return status === 'playing' || status === 'waiting' || status === 'buffering';
}

/** What of a take decides how it sounds under the sliders. */
export type LoadedTake = Pick<Take, 'id' | 'settings' | 'sent' | 'studio' | 'voiceId'>;

export interface Live {
  /** The take in the player, playing or not; null before the first one and for a preview of a voice. */
  loaded: LoadedTake | null;
  /**
   * `rendered`: it is heard as it was made; `sliders`: it is heard as the sliders stand now. Moving a slider
   * goes over to `sliders`.
   */
  heard: 'rendered' | 'sliders';
}

/** What the player must do of speed, pitch and volume. */
export function studioFor({ loaded, heard }: Live, settings: Settings): StudioSettings {
  if (loaded === null) return NEUTRAL_STUDIO;
  return heard === 'rendered' ? loaded.studio : previewStudio(settings, loaded.sent);
}

/** Tells whether what is heard of a take is other than what it was made as. */
export function isPreview({ loaded, heard }: Live, settings: Settings): boolean {
  if (loaded === null || heard === 'rendered') return false;
  return (['speed', 'pitch', 'volume'] as const).some((control) => settings[control] !== loaded.settings[control]);
}
