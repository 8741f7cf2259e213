import type { Settings, StudioSettings } from '../../shared/controls/controls.ts';
import { heardVoice } from '../../shared/export/heard-voice.ts';
import type { ExportRequest, ExportSidecar } from '../../shared/schemas/export.ts';
import type { Take } from '../../shared/schemas/take.ts';

/** What of a take is exported: as it was rendered, or as the sliders stood. */
export interface Heard {
  studio: StudioSettings;
  heard: ExportSidecar['heard'];
}

/** Which of the two an export of this take is. Sliders that change nothing make no preview. */
export function heardOf(take: Take, { studio }: ExportRequest): Heard {
  const own = take.studio;
  const moved =
    studio !== null && (studio.speed !== own.speed || studio.pitch !== own.pitch || studio.volume !== own.volume);
  return moved ? { studio, heard: 'preview' } : { studio: own, heard: 'rendered' };
}

/** The settings behind what is heard: of a preview those on the sliders, else those the take was made with. */
export function settingsOf(take: Take, { heard }: Heard, { settings }: ExportRequest): Settings {
  return heard === 'preview' && settings ? settings : take.settings;
}

/** What should be known of a take before its sound is looked at. */
export function takeNotes(take: Take, { heard }: Heard): string[] {
  const notes: string[] = [];
  if (heard === 'preview') notes.push('A preview: sliders were moved after the take was rendered.');
  if (take.answeredBy) {
    notes.push(`Spoken by “${heardVoice(take)}” in place of “${take.voiceName || take.voiceId}”.`);
  }
  if (take.state !== 'done') notes.push('The take is incomplete: it ends before its text does.');
  return notes;
}

/** For the tags of formats that have them. */
export function comment(take: Take, heard: Heard): string {
  return ['Timbre', `take ${take.id}`, ...takeNotes(take, heard)].join('; ');
}
