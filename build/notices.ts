import { writeFileSync } from 'node:fs';
import { NOTICES_FILE, noticesText } from './notices-text.ts';
import { inRoot } from './paths.ts';

writeFileSync(inRoot(NOTICES_FILE), noticesText());
