import { z } from 'zod';
import { create } from 'zustand';
import { Settings } from '../../shared/controls/controls.ts';
import { type Fault, fault, toFault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import { Preset, type PresetFile, type PresetInput } from '../../shared/schemas/preset.ts';
import { api, check, unwrap } from '../api.ts';
import type { Desk } from './desk.ts';
import { chosenModelId, useVoices } from './voices.ts';

const PresetList = z.object({ presets: z.array(Preset) });

interface Presets {
  projectId: string | null;
  presets: Preset[];
  fault: Fault | null;
  load(projectId: string): Promise<void>;
  /** @throws FaultError conflict where the name is taken */
  save(input: Omit<PresetInput, 'projectId'>): Promise<Preset>;
  /** @throws FaultError */
  change(id: string, change: Partial<Omit<PresetInput, 'projectId'>>): Promise<void>;
  /** @throws FaultError */
  remove(id: string): Promise<void>;
  /** @throws FaultError */
  restore(id: string): Promise<void>;
  /** All presets of the project as a file. @throws FaultError */
  file(): Promise<Blob>;
  /** Brings in a file of presets; says how many there were. @throws FaultError invalid */
  importFile(content: PresetFile): Promise<number>;
}

/** Presets of the open project. */
export const usePresets = create<Presets>()((set, get) => {
  const project = () => {
    const { projectId } = get();
    if (projectId === null) throw fault('conflict', 'No project is open.', { todo: 'Open or create one first.' });
    return projectId;
  };
  const reload = () => get().load(project());
  return {
    projectId: null,
    presets: [],
    fault: null,
    load: async (projectId) => {
      set(projectId === get().projectId ? {} : { projectId, presets: [] });
      try {
        const { presets } = await unwrap(api.presets.$get({ query: { projectId } }), PresetList);
        if (get().projectId !== projectId) return;
        set({ presets: presets.toSorted((a, b) => a.name.localeCompare(b.name)), fault: null });
      } catch (thrown) {
        set({ fault: toFault(thrown) });
      }
    },
    save: async (input) => {
      const preset = await unwrap(api.presets.$post({ json: { ...input, projectId: project() } }), Preset);
      await reload();
      return preset;
    },
    change: async (id, json) => {
      await check(await api.presets[':id'].$patch({ param: { id }, json }));
      await reload();
    },
    remove: async (id) => {
      await check(await api.presets[':id'].$delete({ param: { id } }));
      await reload();
    },
    restore: async (id) => {
      await check(await api.presets[':id'].restore.$post({ param: { id } }));
      await reload();
    },
    file: async () => (await check(await api.presets.file.$get({ query: { projectId: project() } }))).blob(),
    importFile: async (content) => {
      await check(await api.presets.import.$post({ query: { projectId: project() }, json: content }));
      await reload();
      return content.presets.length;
    },
  };
});

/** Reads the presets anew when the engine says they changed. */
export function presetsHeard(event: StudioEvent): void {
  const { projectId, load } = usePresets.getState();
  if (event.type !== 'changed' || projectId === null) return;
  if (event.what === 'presets' || event.what === 'library') void load(projectId);
}

/** What a preset puts on the desk. */
export function deskOf({ voiceId, modelId, settings }: Preset): Omit<Desk, 'text'> {
  return { voiceId, modelId: modelId ?? null, settings };
}

/** Tells whether a preset is what lies on the desk. */
export function matchesPreset(preset: Preset, desk: Omit<Desk, 'text'>): boolean {
  const model = ({ voiceId, modelId }: Omit<Desk, 'text'>) => chosenModelId(useVoices.getState(), voiceId, modelId);
  if (preset.voiceId !== desk.voiceId || model(preset) !== model(desk)) return false;
  const plain = ({ parameters, ...rest }: Settings) => JSON.stringify([rest, Object.entries(parameters).toSorted()]);
  return plain(Settings.parse(preset.settings)) === plain(Settings.parse(desk.settings));
}
