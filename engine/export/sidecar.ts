import type { ExportRequest, ExportSidecar } from '../../shared/schemas/export.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { ExportedTake } from './export-take.ts';
import { type Heard, settingsOf, takeNotes } from './heard.ts';

/** The JSON beside an exported file. */
export function sidecarOf(
  take: Take,
  heard: Heard,
  request: ExportRequest,
  file: string,
  made: ExportedTake,
): ExportSidecar {
  return {
    format: 'timbre.take',
    version: 1,
    file,
    text: take.text,
    voiceId: take.voiceId,
    voiceName: take.voiceName,
    provider: take.provider,
    model: take.model,
    settings: settingsOf(take, heard, request),
    studio: heard.studio,
    heard: heard.heard,
    loudnessTarget: request.loudness,
    gain: made.gain,
    loudness: made.loudness,
    truePeak: made.truePeak,
    sampleRate: made.sampleRate,
    takeId: take.id,
    createdAt: Date.now(),
    notes: [...takeNotes(take, heard), ...made.notes],
  };
}
