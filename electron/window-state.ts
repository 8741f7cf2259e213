import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { parseJson } from '../shared/text/parse-json.ts';

/** Where the window was, in device-independent pixels. */
export const WindowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** Of the window's top edge so much must lie on a display that it can be taken hold of, in px. */
const GRIP = 80;

/** The window's place of the last time; null where there is none or its display is gone. */
export function readWindowState(file: string, displays: Rectangle[]): WindowState | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const state = WindowState.safeParse(parseJson(text));
  return state.success && displays.some((display) => canBeGripped(state.data, display)) ? state.data : null;
}

/** Keeps the window's place. That it cannot be kept is no reason to disturb anybody. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // The folder cannot be written: the window opens in its usual place next time.
  }
}

function canBeGripped(state: WindowState, display: Rectangle): boolean {
  const overlap = Math.min(state.x + state.width, display.x + display.width) - Math.max(state.x, display.x);
  return overlap >= GRIP && state.y >= display.y && state.y <= display.y + display.height - GRIP;
}
