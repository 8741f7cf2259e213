import { answerCommands } from '../workers/answer-commands.ts';
import { decodeAudio } from './decode-audio.ts';
import { ImportTask } from './import-task.ts';

answerCommands(ImportTask, async ({ bytes, name }) => {
  const result = await decodeAudio(bytes, name);
  const { buffer } = result.samples;
  return { result, transfer: buffer instanceof ArrayBuffer ? [buffer] : [] };
});
