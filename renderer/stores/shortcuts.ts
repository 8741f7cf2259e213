import { z } from 'zod';
import { create } from 'zustand';
import { chordOf } from './chord.ts';
import { COMMAND_IDS, COMMANDS, type CommandId, runCommand } from './commands.ts';
import { type Screen, useNavigation } from './navigation.ts';
import { readPreference, writePreference } from './preferences.ts';

/** Chords a person set in place of the studio's own, by command. */
const Overrides = z.record(z.string(), z.array(z.string().max(40)).max(4));

interface Shortcuts {
  overrides: Readonly<Record<string, string[]>>;
  /** Gives a command other chords and takes them from every other command. */
  assign(id: CommandId, chords: string[]): void;
  /** Gives a command the studio's own chords back. */
  reset(id: CommandId): void;
  resetAll(): void;
  /** @throws FaultError */
  restore(): Promise<void>;
}

/** Which keys do what. */
export const useShortcuts = create<Shortcuts>()((set, get) => {
  const settle = (overrides: Record<string, string[]>) => {
    set({ overrides });
    writePreference('shortcuts', overrides);
  };
  return {
    overrides: {},
    assign: (id, chords) => {
      const next: Record<string, string[]> = { ...get().overrides };
      for (const other of COMMAND_IDS) {
        const has = chordsOf(get(), other);
        const keeps = has.filter((chord) => !chords.includes(chord));
        if (other !== id && keeps.length < has.length) next[other] = keeps;
      }
      settle({ ...next, [id]: chords });
    },
    reset: (id) => get().assign(id, [...COMMANDS[id].chords]),
    resetAll: () => settle({}),
    restore: async () => set({ overrides: (await readPreference('shortcuts', Overrides)) ?? {} }),
  };
});

/** The chords of a command. */
export function chordsOf({ overrides }: Pick<Shortcuts, 'overrides'>, id: CommandId): readonly string[] {
  return overrides[id] ?? COMMANDS[id].chords;
}

/** Groups of rooms, and their screens: their keys come before those of the whole studio while the room is open. */
const ROOMS: Readonly<Record<string, Screen>> = { Map: 'map' };

/** The command a chord stands for, or null. In a room its own commands come first. */
export function commandOf(state: Pick<Shortcuts, 'overrides'>, chord: string): CommandId | null {
  const all = COMMAND_IDS.filter((id) => chordsOf(state, id).includes(chord));
  const { screen } = useNavigation.getState();
  const own = all.find((id) => ROOMS[COMMANDS[id].group] === screen);
  return own ?? all.find((id) => ROOMS[COMMANDS[id].group] === undefined) ?? all[0] ?? null;
}

const TYPING = 'textarea, select, [contenteditable=""], [contenteditable="true"], input';
const NO_TEXT = new Set(['button', 'checkbox', 'radio', 'range', 'file', 'reset', 'submit', 'color']);
const PRESSED_BY_SPACE =
  'button, a[href], summary, input, [role="button"], [role="checkbox"], [role="switch"], [role="radio"], [role="tab"], [role="option"], [role="menuitem"], [role="combobox"], [role="treeitem"]';
const MOVED_BY_ARROWS =
  '[role="slider"], [role="separator"], [role="radio"], [role="tab"], [role="menu"], [role="listbox"], [role="grid"], [role="row"], [role="option"], input[type="radio"], input[type="range"]';
const IN_FRONT = '[role="dialog"], [role="menu"], [role="alertdialog"]';

/**
 * Tells whether a chord belongs to what has the focus rather than to the studio: text fields keep everything that is
 * typed, controls keep space and arrows, an open dialog or menu keeps every chord without Ctrl or Cmd.
 */
export function belongsToFocus(chord: string, focus: Element | null): boolean {
  if (focus === null) return false;
  if (chord.startsWith('Mod+')) return false;
  const field = focus.closest(TYPING);
  const types = field instanceof HTMLInputElement ? !NO_TEXT.has(field.type) : field !== null;
  if (types || focus.closest(IN_FRONT) !== null) return true;
  if (chord === 'Space' || chord === 'Enter') return focus.closest(PRESSED_BY_SPACE) !== null;
  if (chord.includes('Arrow')) return focus.closest(MOVED_BY_ARROWS) !== null;
  return false;
}

/**
 * Lets keys do what they stand for. Chords with Ctrl or Cmd come before whatever has the focus, so that they work from
 * anywhere; all others only where nothing on the page took them. @returns ends it
 */
export function followKeys(): () => void {
  const follow = (event: KeyboardEvent, first: boolean) => {
    const chord = chordOf(event);
    if (event.defaultPrevented || event.isComposing || chord === null) return;
    if (chord.startsWith('Mod+') !== first) return;
    const focus = event.target instanceof Element ? event.target : null;
    if (belongsToFocus(chord, focus)) return;
    const id = commandOf(useShortcuts.getState(), chord);
    if (id === null || (event.repeat && !id.startsWith('skip') && !id.endsWith('-take'))) return;
    if (!runCommand(id)) return;
    event.preventDefault();
    if (first) event.stopPropagation();
  };
  const listeners = new AbortController();
  const { signal } = listeners;
  addEventListener('keydown', (event) => follow(event, true), { signal, capture: true });
  addEventListener('keydown', (event) => follow(event, false), { signal });
  return () => listeners.abort();
}
