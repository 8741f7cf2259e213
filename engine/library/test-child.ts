import { setInterval } from 'node:timers';
import { openLibrary } from './open-library.ts';
import { draftOf, firstProject, ramp } from './test-library.ts';
import { verdictOf } from './test-mapping.ts';

/**
 * A process of its own that uses a library, for tests: opens it, says whether it owns it, and does what it is told.
 * Arguments: the library's folder, and `hold`, `render` (begins a take and leaves it unfinished) `write` (adds projects), `shelf` (asks for the
 * shelf) or `verdicts` (files verdicts on the first row of the first mapping).
 */
const [home = '', task = 'hold', count = '0'] = process.argv.slice(2);
const library = await openLibrary({ home });
const say = (message: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(message)}\n`);
library.onOwnerChange((owner) => say({ owner }));
say({ opened: true, owner: library.owner });

if (task === 'render') {
  const draft = draftOf(firstProject(library), { text: 'never finished' });
  const writer = await library.beginTake(draft, 'key');
  await writer.append(ramp(0, 12_345));
  say({ take: draft.id });
}
if (task === 'shelf') say({ shelf: library.shelf() });
if (task === 'verdicts') {
  const [entry] = library.mappings.list(firstProject(library));
  const [row] = library.mappings.one(entry?.id ?? '')?.rows ?? [];
  for (let index = 0; index < Number(count); index++) {
    library.mappings.fileVerdict(row?.id ?? '', verdictOf(row?.choice ?? null, { note: `${process.pid} ${index}` }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  say({ filed: Number(count) });
}
if (task === 'write') {
  for (let index = 0; index < Number(count); index++) {
    const project = library.createProject(`Project ${index}`);
    library.renameProject(project.id, `Renamed ${index}`);
  }
  say({ written: Number(count) });
  await library.close();
} else {
  setInterval(() => {}, 60_000);
  process.stdin.once('data', async () => {
    await library.close();
    process.exit(0);
  });
}
