import { answerCommands } from '../workers/answer-commands.ts';
import { AnalysisTask } from './analysis-task.ts';
import { loadSamples } from './load-samples.ts';
import { measureTake } from './measure-take.ts';

answerCommands(AnalysisTask, async (task) => {
  const samples = 'path' in task ? await loadSamples(task) : task.samples;
  return { result: measureTake(samples, task.sampleRate) };
});
