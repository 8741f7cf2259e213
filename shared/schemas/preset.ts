import { z } from 'zod';
import { Settings } from '../controls/controls.ts';
import { Id } from './take.ts';

/** A voice with settings, under a name. */
export const Preset = z.object({
  id: Id,
  projectId: Id,
  name: z.string().trim().min(1).max(120),
  voiceId: z.string().min(1).max(200),
  voiceName: z.string().max(200).default(''),
  /** One of the voice's models; by default its own. */
  modelId: z.string().min(1).max(200).nullish(),
  settings: Settings,
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Preset = z.infer<typeof Preset>;

export const PresetInput = Preset.pick({
  projectId: true,
  name: true,
  voiceId: true,
  voiceName: true,
  modelId: true,
  settings: true,
});
export type PresetInput = z.infer<typeof PresetInput>;

/** What of a preset can be changed afterwards. A field that is not there stays as it is: none has a default. */
export const PresetPatch = PresetInput.extend({ voiceName: Preset.shape.voiceName.unwrap() }).partial();
export type PresetPatch = z.infer<typeof PresetPatch>;

/** A file of presets. */
export const PresetFile = z.object({
  format: z.literal('timbre.presets'),
  version: z.literal(1),
  presets: z
    .array(Preset.pick({ name: true, voiceId: true, voiceName: true, modelId: true, settings: true }))
    .max(10_000),
});
export type PresetFile = z.infer<typeof PresetFile>;
