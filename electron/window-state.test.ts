import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWindowState, writeWindowState } from './window-state.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { x: 100, y: 60, width: 1280, height: 800, maximized: false };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timbre-window-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a place that was kept is found again', () => {
  const file = join(folder, 'window.json');
  writeWindowState(file, state);
  expect(readWindowState(file, [display])).toEqual(state);
});

test('a window on a display that is gone opens in the usual place', () => {
  const file = join(folder, 'window.json');
  writeWindowState(file, { ...state, x: 2500 });
  expect(readWindowState(file, [display])).toBeNull();
  expect(readWindowState(file, [display, { ...display, x: 1920 }])).toEqual({ ...state, x: 2500 });
});

test('a broken or missing file is no place', () => {
  const file = join(folder, 'window.json');
  expect(readWindowState(file, [display])).toBeNull();
  writeFileSync(file, '{"x":1');
  expect(readWindowState(file, [display])).toBeNull();
  writeFileSync(file, '{"x":1,"y":2,"width":-5,"height":3,"maximized":false}');
  expect(readWindowState(file, [display])).toBeNull();
});

test('a folder that is not there is no error', () => {
  expect(() => writeWindowState(join(folder, 'none', 'window.json'), state)).not.toThrow();
});
