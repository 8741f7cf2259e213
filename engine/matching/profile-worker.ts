import { speechFrames } from '../../shared/profile/speech-frames.ts';
import { packStatistics, statisticsOf } from '../../shared/profile/voice-statistics.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { answerCommands } from '../workers/answer-commands.ts';
import { ProfileTask } from './profile-task.ts';

answerCommands(ProfileTask, async ({ sound, syllables }) => {
  const samples = s16ToFloat(await loadSamples(sound));
  const frames = speechFrames(samples, sound.sampleRate);
  const loudness = measureLoudness(samples, sound.sampleRate);
  const statistics = packStatistics(statisticsOf(frames, { syllables, loudness }));
  return { result: { statistics }, transfer: [statistics.buffer] };
});
