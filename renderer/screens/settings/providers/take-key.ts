/** Takes the key out of the field `key` of a form: it is in no field any more when it is handed on. */
export function takeKey(form: HTMLFormElement): string {
  const field = form.elements.namedItem('key');
  if (!(field instanceof HTMLInputElement)) return '';
  const secret = field.value.trim();
  field.value = '';
  return secret;
}
