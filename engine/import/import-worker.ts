import { serveTasks } from '../workers/serve-tasks.ts';
import { decodeAudio } from './decode-audio.ts';
import { ImportTask } from './import-task.ts';

serveTasks(ImportTask, async ({ bytes, name }) => {
  const result = await decodeAudio(bytes, name);
  const { buffer } = result.samples;
  return { result, transfer: buffer instanceof ArrayBuffer ? [buffer] : [] };
});
