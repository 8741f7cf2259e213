import { answerCommands } from '../workers/answer-commands.ts';
import { AnalysisTask, type StoredSound } from './analysis-task.ts';
import { measureTake } from './measure-take.ts';
import { readSamples } from './read-samples.ts';

/** All of a stored sound. @throws FaultError not_found */
async function load({ path, samples }: StoredSound): Promise<Int16Array> {
  const all = new Int16Array(samples);
  let at = 0;
  for await (const piece of readSamples(path, 0, samples)) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

answerCommands(AnalysisTask, async (task) => {
  const samples = 'path' in task ? await load(task) : task.samples;
  return { result: measureTake(samples, task.sampleRate) };
});
