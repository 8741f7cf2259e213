import { createAnalyser } from '../../analysis/analyser.ts';
import { openLibrary } from '../../library/open-library.ts';
import { temporaryFolder } from '../../library/test-library.ts';
import { createEventHub } from '../../observe/events.ts';
import type { Provider } from '../../providers/provider.ts';
import { createRegistry } from '../../providers/registry.ts';
import { readAudio } from '../../read-audio.ts';
import { createSynthesis } from '../../synthesis/synthesis.ts';

/** A library of its own and what makes takes in it, with these providers. */
export async function openBench(...providers: Provider[]) {
  const { folder, remove } = await temporaryFolder();
  const library = await openLibrary({ home: folder });
  const analyser = createAnalyser();
  const registry = createRegistry(providers);
  const synthesis = createSynthesis({
    registry,
    library: () => library,
    analyser,
    events: createEventHub(),
    readAudio: (takeId) => readAudio(library, takeId),
  });
  return {
    folder,
    library,
    registry,
    synthesis,
    async close() {
      await synthesis.close();
      await registry.close();
      await analyser.close();
      await library.close();
      await remove();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof openBench>>;
