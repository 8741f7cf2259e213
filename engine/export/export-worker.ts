import { answerCommands } from '../workers/answer-commands.ts';
import { ExportTask } from './export-message.ts';
import { exportTake } from './export-take.ts';

answerCommands(ExportTask, async (task, { progress }) => {
  const result = await exportTake(task, progress);
  return { result, transfer: [result.bytes.buffer] };
});
