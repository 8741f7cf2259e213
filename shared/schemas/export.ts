import { z } from 'zod';
import { Settings, StudioSettings } from '../controls/controls.ts';
import { Id } from './take.ts';

export const ExportFormat = z.enum(['wav', 'flac', 'mp3', 'opus']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** LUFS. */
export const LoudnessTarget = z.union([z.literal(-16), z.literal(-19), z.literal(-23)]);
export type LoudnessTarget = z.infer<typeof LoudnessTarget>;

export const ExportRequest = z.object({
  takeIds: z.array(Id).min(1).max(10_000),
  format: ExportFormat.default('wav'),
  /** Hz. The chain's own rate unless said. */
  sampleRate: z
    .union([z.literal(16000), z.literal(22050), z.literal(24000), z.literal(44100), z.literal(48000)])
    .default(48000),
  loudness: LoudnessTarget.nullable().default(null),
  /** Studio settings to hear instead of each take's own: a preview of the sliders as they stand. */
  studio: StudioSettings.nullable().default(null),
  /** Slider settings behind `studio`, kept in the JSON beside the file. */
  settings: Settings.nullable().default(null),
  /** File name pattern: {project} {voice} {line} {take} {settings} {name} {date}. */
  pattern: z.string().min(1).max(200).default('{project}-{voice}-{take}'),
  /** Write a JSON with the settings beside each file. */
  sidecar: z.boolean().default(true),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

/** The JSON beside an exported file. Dropped on the window it brings the settings back. */
export const ExportSidecar = z.object({
  format: z.literal('timbre.take'),
  version: z.literal(1),
  file: z.string(),
  text: z.string(),
  voiceId: z.string(),
  voiceName: z.string(),
  provider: z.string(),
  model: z.string(),
  settings: Settings,
  /** What the studio did to the stored take. */
  studio: StudioSettings,
  /** "rendered": as the take was made; "preview": sliders were moved after it was rendered. */
  heard: z.enum(['rendered', 'preview']),
  loudnessTarget: LoudnessTarget.nullable(),
  /** Gain added to reach the loudness target, in dB. */
  gain: z.number(),
  /** LUFS and dBTP of the exported audio. */
  loudness: z.number().nullable(),
  truePeak: z.number().nullable(),
  sampleRate: z.number().int(),
  takeId: Id,
  createdAt: z.number(),
  /** What should be known about this file: for example a target that could not be reached. */
  notes: z.array(z.string()),
});
export type ExportSidecar = z.infer<typeof ExportSidecar>;
