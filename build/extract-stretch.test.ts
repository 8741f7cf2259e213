import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extractStretch, MODULE_FILE } from './extract-stretch.ts';

test('the committed stretch module is what the installed package contains', () => {
  expect(readFileSync(MODULE_FILE, 'utf8')).toBe(extractStretch());
});
