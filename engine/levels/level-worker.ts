import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { heardLevel } from '../../shared/sound/equal-loudness.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { answerCommands } from '../workers/answer-commands.ts';
import { LevelTask } from './level-task.ts';

answerCommands(LevelTask, async ({ sound, studio }) => {
  const frames = await renderOffline(await loadSamples(sound), sound.sampleRate, studio);
  return { result: heardLevel(frames, CHAIN_RATE) };
});
