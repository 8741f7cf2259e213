import { expect, test } from 'vitest';
import { whyNoWindow } from './display.ts';

test('a Mac and Windows always have a display', () => {
  expect(whyNoWindow('darwin', {}, 501)).toBeNull();
  expect(whyNoWindow('win32', {}, undefined)).toBeNull();
});

test('Linux needs X or Wayland', () => {
  expect(whyNoWindow('linux', {}, 1000)).toMatch(/no display/);
  expect(whyNoWindow('linux', { DISPLAY: ':0' }, 1000)).toBeNull();
  expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeNull();
});

test('root gets the browser, never a window without a sandbox', () => {
  expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toMatch(/root/);
});
