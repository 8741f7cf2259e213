import { describe, expect, it } from 'vitest';
import { chordKeys, chordOf, type KeyPress } from './chord.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

describe('a key press as a chord', () => {
  it('takes Ctrl and Cmd for the same', () => {
    expect(chordOf(press('Enter', { ctrlKey: true }))).toBe('Mod+Enter');
    expect(chordOf(press('Enter', { metaKey: true }))).toBe('Mod+Enter');
  });

  it('does not care whether a letter is large, but for Shift', () => {
    expect(chordOf(press('j'))).toBe('J');
    expect(chordOf(press('J', { shiftKey: true }))).toBe('Shift+J');
  });

  it('knows a sign by itself, wherever Shift puts it', () => {
    expect(chordOf(press('?', { shiftKey: true }))).toBe('?');
    expect(chordOf(press('?'))).toBe('?');
  });

  it('reads a letter of another script by its place', () => {
    expect(chordOf(press('о', { code: 'KeyJ' }))).toBe('J');
    expect(chordOf(press('ö', { code: 'Semicolon' }))).toBe('ö');
  });

  it('is nothing for a bare modifier', () => {
    expect(chordOf(press('Control', { ctrlKey: true }))).toBeNull();
    expect(chordOf(press('Shift', { shiftKey: true }))).toBeNull();
  });

  it('is shown as this keyboard has it printed', () => {
    expect(chordKeys('Mod+Enter', false)).toEqual(['Ctrl', 'Enter']);
    expect(chordKeys('Mod+Shift+K', true)).toEqual(['⌘', 'Shift', 'K']);
    expect(chordKeys('Mod++', false)).toEqual(['Ctrl', '+']);
  });
});
