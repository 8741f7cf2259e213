import { answerCommands } from '../workers/answer-commands.ts';
import { renderStimuli } from './render-stimuli.ts';
import { StimulusTask } from './stimulus-task.ts';

answerCommands(StimulusTask, async (task) => ({ result: { bytes: await renderStimuli(task) } }));
