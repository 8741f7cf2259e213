import { z } from 'zod';
import { create } from 'zustand';
import type { Fault } from '../../shared/errors.ts';
import { toFault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { MergeReport, Project } from '../../shared/schemas/project.ts';
import { readPreference, writePreference } from './preferences.ts';
import * as calls from './projects-calls.ts';

/** Preference that names the project that was open last. */
const OPEN_PROJECT = 'project';

interface Projects {
  projects: Project[];
  /** The project that is open; null until the library has been read. */
  currentId: string | null;
  fault: Fault | null;
  /** Reads the projects, and which of them was open last. */
  load: () => Promise<void>;
  /** Opens a project and remembers it. */
  open: (id: string) => void;
  /** Creates a project and opens it. */
  create: (name: string) => Promise<Project>;
  rename: (id: string, name: string) => Promise<void>;
  /** Removes a project with its takes and presets; another one is opened if it was the open one. */
  remove: (id: string) => Promise<void>;
  restore: (id: string) => Promise<void>;
  /** Merges a project file and opens what came of it. */
  merge: (file: File) => Promise<MergeReport>;
}

export const useProjects = create<Projects>()((set, get) => ({
  projects: [],
  currentId: null,
  fault: null,

  load: async () => {
    try {
      const [projects, last] = await Promise.all([calls.listProjects(), readPreference(OPEN_PROJECT, z.string())]);
      const wanted = get().currentId ?? last;
      const current = projects.find((project) => project.id === wanted) ?? projects[0];
      set({ projects, currentId: current?.id ?? null, fault: null });
    } catch (thrown) {
      set({ fault: toFault(thrown) });
    }
  },

  open: (id) => {
    set({ currentId: id });
    writePreference(OPEN_PROJECT, id);
  },

  create: async (name) => {
    const project = await calls.createProject(name);
    set({ projects: await calls.listProjects() });
    get().open(project.id);
    return project;
  },

  rename: async (id, name) => {
    await calls.renameProject(id, name);
    set({ projects: await calls.listProjects() });
  },

  remove: async (id) => {
    await calls.removeProject(id);
    const projects = await calls.listProjects();
    set({ projects });
    const next = projects[0];
    if (get().currentId === id && next !== undefined) get().open(next.id);
  },

  restore: async (id) => {
    await calls.restoreProject(id);
    set({ projects: await calls.listProjects() });
    get().open(id);
  },

  merge: async (file) => {
    const report = await calls.mergeProject(file);
    set({ projects: await calls.listProjects() });
    get().open(report.projectId);
    return report;
  },
}));

/** Reads the projects anew when the engine says they changed. */
export function projectsHeard(event: StudioEvent): void {
  if (event.type === 'changed' && (event.what === 'projects' || event.what === 'library')) {
    void useProjects.getState().load();
  }
}
