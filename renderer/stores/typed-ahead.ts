/** What was typed before there was a field for it. */
export interface TypedAhead {
  text: string;
  /** Enter came after it. */
  entered: boolean;
}

/** A field that has not come by then, in ms, may never come: keys are let go. */
const PATIENCE_MS = 3000;

/**
 * Keeps the keys that are pressed before a field that is about to open can take them, so that none is lost and none does
 * what it stands for elsewhere. Keys with Ctrl, Alt or Cmd, and those that write nothing, are left alone.
 *
 * @returns ends it, and gives what was typed
 */
export function keepTyped(target: EventTarget = globalThis): () => TypedAhead {
  const typed: TypedAhead = { text: '', entered: false };
  const listening = new AbortController();
  const keep = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { key } = event;
    const writes = [...key].length === 1;
    if (!writes && key !== 'Backspace' && key !== 'Enter') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The key that opens the field may still be held down.
    if (event.repeat || typed.entered) return;
    if (key === 'Enter') typed.entered = true;
    else typed.text = writes ? typed.text + key : [...typed.text].slice(0, -1).join('');
  };
  target.addEventListener('keydown', keep, {
    capture: true,
    signal: AbortSignal.any([listening.signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  return () => {
    listening.abort();
    return typed;
  };
}
