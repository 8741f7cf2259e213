import { existsSync, readFileSync } from 'node:fs';
import { NOTICES_FILE, noticesText } from './notices-text.ts';
import { inRoot } from './paths.ts';

const file = inRoot(NOTICES_FILE);
const kept = existsSync(file) ? readFileSync(file, 'utf8').replace(/\r\n/g, '\n') : '';
if (kept === noticesText()) {
  console.log(`${NOTICES_FILE} is current.`);
} else {
  console.error(`${NOTICES_FILE} is not current: run npm run notices.`);
  process.exitCode = 1;
}
