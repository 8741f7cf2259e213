import { serveTasks } from '../workers/serve-tasks.ts';
import { AnalysisTask } from './analysis-task.ts';
import { measureTake } from './measure-take.ts';

serveTasks(AnalysisTask, async ({ samples, sampleRate }) => ({ result: measureTake(samples, sampleRate) }));
