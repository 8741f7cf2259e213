import { createRef } from 'react';

/** The field of the text to speak, while it is on the page. */
export const textField = createRef<HTMLTextAreaElement>();

/** A mark with the spaces that part it from the words around the caret. */
export function spaced(mark: string, before: string, after: string): string {
  const left = before === '' || /[\s([{“‘«¿¡]$/u.test(before) ? '' : ' ';
  const right = after !== '' && /^[\s.,;:!?…)\]}”’»]/u.test(after) ? '' : ' ';
  return `${left}${mark}${right}`;
}

/**
 * Writes a mark where the caret of a field stands, before what is selected, as if it was typed: the field has the
 * focus afterwards, and undo takes the mark back.
 */
export function insertMark(field: HTMLTextAreaElement, mark: string): void {
  field.focus();
  const { selectionStart: at, value } = field;
  field.setSelectionRange(at, at);
  const text = spaced(mark, value.slice(0, at), value.slice(at));
  // Nothing else that a page can do is taken back by the browser’s own undo.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, at, at, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
