import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { keepTyped } from './typed-ahead.ts';

/** A key event as far as it is looked at: there is no page here. */
class Key extends Event {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly isComposing = false;
  readonly metaKey = false;
  readonly altKey = false;

  constructor(key: string, { repeat = false, ctrlKey = false } = {}) {
    super('keydown', { cancelable: true });
    this.key = key;
    this.repeat = repeat;
    this.ctrlKey = ctrlKey;
  }
}

beforeAll(() => void vi.stubGlobal('KeyboardEvent', Key));
afterAll(() => void vi.unstubAllGlobals());

function press(page: EventTarget, ...keys: (string | Key)[]): boolean[] {
  return keys.map((key) => !page.dispatchEvent(key instanceof Key ? key : new Key(key)));
}

it('keeps what is typed for the field, and nothing else on the page takes it', () => {
  const page = new EventTarget();
  const take = keepTyped(page);
  const elsewhere = vi.fn();
  page.addEventListener('keydown', elsewhere);
  expect(press(page, 'l', 'i', 'x', 'Backspace', 'l', 'ü')).toEqual([true, true, true, true, true, true]);
  expect(elsewhere).not.toHaveBeenCalled();
  expect(take()).toEqual({ text: 'lilü', entered: false });
  expect(press(page, 'y')).toEqual([false]);
  expect(elsewhere).toHaveBeenCalledOnce();
});

it('knows that Enter came, and keeps nothing after it', () => {
  const page = new EventTarget();
  const take = keepTyped(page);
  press(page, 'l', 'Enter', 'y');
  expect(take()).toEqual({ text: 'l', entered: true });
});

it('leaves commands, arrows and Escape alone, and takes a key that is held down for one', () => {
  const page = new EventTarget();
  const take = keepTyped(page);
  expect(press(page, new Key('k', { ctrlKey: true }), 'ArrowDown', 'Escape', 'Tab')).toEqual([
    false,
    false,
    false,
    false,
  ]);
  press(page, new Key('v', { repeat: true }), 'a');
  expect(take().text).toBe('a');
});
