import { create } from 'zustand';
import type { StudioEvent } from '../../shared/schemas/events.ts';

/** A long task of the engine: what it is and how far, 0-1 or null where that cannot be told. */
export interface Task {
  label: string;
  progress: number | null;
}

/** Long tasks of the engine under way, by name. */
export const useTasks = create<{ tasks: Readonly<Record<string, Task>> }>()(() => ({ tasks: {} }));

/** Takes in what the engine tells of a long task. */
export function tasksHeard(event: StudioEvent): void {
  if (event.type !== 'progress') return;
  const { [event.task]: _, ...others } = useTasks.getState().tasks;
  const { label, progress } = event;
  useTasks.setState({ tasks: event.done ? others : { ...others, [event.task]: { label, progress } } });
}

/** Forgets all tasks: after a lost connection nobody knows how far they are. */
export function forgetTasks(): void {
  useTasks.setState({ tasks: {} });
}
