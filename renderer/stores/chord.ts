/** What of a key press makes a chord. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/**
 * A key press in words, for example `Mod+Shift+K`, `Space`, `?`; null for a bare modifier. Ctrl and Cmd are one and
 * the same `Mod`. A layout without Latin letters is read by the place of the key, as its letters cannot be named.
 */
export function chordOf(press: KeyPress): string | null {
  if (MODIFIERS.has(press.key)) return null;
  const place = /^Key([A-Z])$/.exec(press.code)?.[1];
  const letter = /^[a-z]$/i.test(press.key) ? press.key.toUpperCase() : undefined;
  const foreign = place !== undefined && /^\P{ASCII}$/u.test(press.key) ? place : undefined;
  const name = letter ?? foreign ?? (press.key === ' ' ? 'Space' : press.key);
  const sign = name.length === 1 && !/[A-Z0-9]/.test(name);
  const parts = [];
  if (press.ctrlKey || press.metaKey) parts.push('Mod');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && !sign) parts.push('Shift');
  return [...parts, name].join('+');
}

const SIGNS: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** The keys of a chord as they are printed on this machine's keyboard. */
export function chordKeys(chord: string, mac = /mac/i.test(navigator.userAgent)): string[] {
  return chord.split(/\+(?=.)/).map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return mac ? '⌥' : 'Alt';
    return SIGNS[part] ?? part;
  });
}
