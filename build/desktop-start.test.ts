import { expect, test } from 'vitest';
import { meaning } from './desktop-start.ts';

test('the words of the runtime become words for a person', () => {
  expect(
    meaning(['electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file']),
  ).toContain('libgtk-3.so.0');
  expect(
    meaning([
      '[1:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.',
    ]),
  ).toMatch(/sandbox/);
  expect(meaning(['[1:ERROR:ozone_platform_x11.cc(245)] Missing X server or $DISPLAY'])).toBe(
    'the display cannot be opened',
  );
});

test('words that are not known are quoted, and silence is said', () => {
  expect(meaning(['hello', 'Error: odd thing', 'bye'])).toBe('it ended with: Error: odd thing');
  expect(meaning([])).toMatch(/without a word/);
});
