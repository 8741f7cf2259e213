/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text (which is escaped), HTML, several of them, or nothing. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** A text as it stands in HTML, also within a quoted attribute. Control characters, which HTML cannot hold, are left out. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
      .replace(/[&<>"'`]/g, (sign) => SIGNS[sign] ?? sign)
  );
}

function inserted(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(inserted).join('');
  return escaped(String(value));
}

/** HTML from a template. Whatever is put in is escaped, so attributes must have their quotes. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + inserted(values[index])).join(''));
}

/** What a person wrote: of whatever script, it does not turn the direction of what stands beside it. */
export const said = (text: string) => html`<bdi>${text}</bdi>`;

const DATE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** A date and time where the report is made. @param milliseconds since the epoch */
export function timeHtml(milliseconds: number): Html {
  const at = new Date(milliseconds);
  return html`<time datetime="${at.toISOString()}">${DATE.format(at)}</time>`;
}
