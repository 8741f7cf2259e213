import { setInterval } from 'node:timers';
import { MatchRunRequest } from '../../../shared/schemas/match-run.ts';
import { openStudio } from './open-studio.ts';

/**
 * A process of its own that looks for successors, for tests. Arguments: the library's folder, the mapping, and the run that
 * is asked for, as JSON.
 */
const [home = '', mappingId = '', request = ''] = process.argv.slice(2);
const studio = await openStudio(home);
const run = await studio.studio.parts.matching.start(mappingId, MatchRunRequest.parse(JSON.parse(request)));
process.stdout.write(`${JSON.stringify({ begun: run.id })}\n`);
setInterval(() => {}, 60_000);
process.stdin.once('data', async () => {
  await studio.close();
  process.exit(0);
});
