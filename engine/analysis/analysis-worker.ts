import { answerCommands } from '../workers/answer-commands.ts';
import { AnalysisTask } from './analysis-task.ts';
import { measureTake } from './measure-take.ts';

answerCommands(AnalysisTask, async ({ samples, sampleRate }) => ({ result: measureTake(samples, sampleRate) }));
