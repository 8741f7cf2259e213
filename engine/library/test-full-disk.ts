import { toFault } from '../../shared/errors.ts';
import { openLibrary } from './open-library.ts';
import { draftOf, endOf, firstProject, ramp } from './test-library.ts';

/** For tests, under a limit on file size: writes a take that does not fit, and says what came of it. */
const library = await openLibrary({ home: process.argv[2] ?? '' });
const writer = await library.beginTake(draftOf(firstProject(library)), 'key');
let append = 'stored';
for (let piece = 0; piece < 100 && append === 'stored'; piece++) {
  await writer.append(ramp(piece, 10_000)).catch((thrown) => {
    append = toFault(thrown).code;
  });
}
const take = await writer.finish(endOf());
await library.close();
process.stdout.write(JSON.stringify({ append, take }));
