import { create } from 'zustand';
import type { MergeReport, Project } from '../../../shared/schemas/project.ts';
import { openProjectFile, saveFile } from '../../stores/exports-calls.ts';
import { useProjects } from '../../stores/projects.ts';
import { tellBusy, tellDone, tellFault, tellUndo } from '../takes/notices.tsx';
import { bytesWords } from '../takes/take-words.ts';

/** What came of the last project file that was merged; null when nothing is to be shown. */
export const useMerged = create<{ report: MergeReport | null }>()(() => ({ report: null }));

/** Writes everything of a project to one file. */
export async function saveProjectFile(project: Project): Promise<void> {
  const stop = new AbortController();
  const busy = tellBusy(`Saving “${project.name}”`, () => stop.abort());
  try {
    const file = await openProjectFile(project.id, stop.signal);
    const blob = await file.read((bytes) => busy.say(`${bytesWords(bytes)} written`));
    const saved = await saveFile(file.name, blob, stop.signal);
    busy.end();
    if (saved !== null) tellDone(`Saved: ${saved} (${bytesWords(blob.size)})`);
  } catch (thrown) {
    busy.end();
    if (!stop.signal.aborted) tellFault(thrown, 'The project was not saved');
  }
}

/** Adds what a project file holds, and shows what came of it. */
export async function mergeProjectFile(file: File): Promise<void> {
  const busy = tellBusy(`Merging ${file.name}`);
  try {
    useMerged.setState({ report: await useProjects.getState().merge(file) });
  } catch (thrown) {
    tellFault(thrown, `${file.name} could not be merged`);
  } finally {
    busy.end();
  }
}

/** Removes a project with its takes and presets, and offers to undo it. */
export async function removeProjectWithUndo(project: Project): Promise<void> {
  try {
    await useProjects.getState().remove(project.id);
  } catch (thrown) {
    tellFault(thrown, 'The project was not deleted');
    return;
  }
  tellUndo(`Project “${project.name}” deleted`, () => useProjects.getState().restore(project.id));
}
