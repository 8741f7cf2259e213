import { serveTasks } from '../workers/serve-tasks.ts';
import { ExportTask } from './export-message.ts';
import { exportTake } from './export-take.ts';

serveTasks(ExportTask, async (task, onProgress) => {
  const result = await exportTake(task, onProgress);
  return { result, transfer: [result.bytes.buffer] };
});
