import { fault } from '../../../shared/errors.ts';
import { ExportSidecar } from '../../../shared/schemas/export.ts';
import { PresetFile } from '../../../shared/schemas/preset.ts';
import { usePresets } from '../../stores/presets.ts';
import { useTune } from '../../stores/tune.ts';
import { chosenModelId, useVoices } from '../../stores/voices.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';

/** A file as JSON. @throws FaultError invalid */
async function jsonOf(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw fault('invalid', `“${file.name}” is not JSON.`, {
      kept: 'Nothing was changed.',
      todo: 'Choose a file that Timbre wrote.',
    });
  }
}

/** Puts what made an exported file back on the desk. */
function applySidecar({ text, voiceId, model, settings, voiceName }: ExportSidecar): void {
  const modelId = chosenModelId(useVoices.getState(), voiceId, model);
  useTune.getState().apply({ text, voiceId, modelId, settings });
  tellDone(`Text, voice (${voiceName}) and controls are back on the desk.`);
}

async function takePresets(content: PresetFile): Promise<void> {
  const count = await usePresets.getState().importFile(content);
  tellDone(`${count} ${count === 1 ? 'preset' : 'presets'} brought in.`);
}

/** Brings in a file of presets. */
export async function importPresetFile(file: File): Promise<void> {
  try {
    const content = PresetFile.safeParse(await jsonOf(file));
    if (!content.success) {
      throw fault('invalid', `“${file.name}” is not a file of presets.`, { kept: 'Nothing was changed.' });
    }
    await takePresets(content.data);
  } catch (thrown) {
    tellFault(thrown, 'No presets were brought in');
  }
}

/** Takes a JSON file for what it is: the settings beside an exported file, or presets. */
export async function importJson(file: File): Promise<void> {
  try {
    const json = await jsonOf(file);
    const sidecar = ExportSidecar.safeParse(json);
    if (sidecar.success) return applySidecar(sidecar.data);
    const presets = PresetFile.safeParse(json);
    if (presets.success) return await takePresets(presets.data);
    throw fault('invalid', `“${file.name}” holds neither settings nor presets of Timbre.`, {
      kept: 'Nothing was changed.',
      todo: 'Drop the JSON beside an exported file, or a file of presets.',
    });
  } catch (thrown) {
    tellFault(thrown, 'The file was not used');
  }
}
