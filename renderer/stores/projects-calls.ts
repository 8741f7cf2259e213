import { z } from 'zod';
import { LibrarySpace, MergeReport, Project } from '../../shared/schemas/project.ts';
import { api, apiFetch, check, unwrap } from '../api.ts';

const ProjectList = z.object({ projects: z.array(Project) });

export async function listProjects(): Promise<Project[]> {
  return (await unwrap(api.projects.$get(), ProjectList)).projects;
}

export function createProject(name: string): Promise<Project> {
  return unwrap(api.projects.$post({ json: { name } }), Project);
}

export function renameProject(id: string, name: string): Promise<Project> {
  return unwrap(api.projects[':id'].$patch({ param: { id }, json: { name } }), Project);
}

export async function removeProject(id: string): Promise<void> {
  await check(await api.projects[':id'].$delete({ param: { id } }));
}

export function restoreProject(id: string): Promise<Project> {
  return unwrap(api.projects[':id'].restore.$post({ param: { id } }), Project);
}

/** Adds what a project file holds to the library. @throws FaultError invalid, library_newer */
export function mergeProject(file: File): Promise<MergeReport> {
  return unwrap(apiFetch('/api/projects/merge', { method: 'POST', body: file }), MergeReport);
}

export function librarySpace(): Promise<LibrarySpace> {
  return unwrap(api.library.space.$get(), LibrarySpace);
}

const Freed = z.object({ freedBytes: z.number(), takes: z.number() });

/** Removes for good what a clean-up may remove. */
export function cleanUpLibrary(): Promise<{ freedBytes: number; takes: number }> {
  return unwrap(api.library['clean-up'].$post(), Freed);
}

/** Copies the library to another folder and uses it from then on. @throws FaultError not_writable, disk_full */
export async function moveLibrary(target: string): Promise<void> {
  await check(await api.library.move.$post({ json: { target } }));
}

const Chosen = z.object({ path: z.string().nullable() });

/** Asks for a folder in the system's own dialog (desktop); null when the person closed it. */
export async function chooseFolder(): Promise<string | null> {
  return (await unwrap(api.desktop['choose-folder'].$post(), Chosen)).path;
}

/** Shows a file in the system's file manager (desktop). */
export async function revealPath(path: string): Promise<void> {
  await check(await api.desktop.reveal.$post({ json: { path } }));
}
