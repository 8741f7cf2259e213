import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escaped, Html, html, said, timeHtml } from './html.ts';

it('whatever is put in stays text', () => {
  const hostile = `</script><img src=x onerror="alert(1)">'&amp;\`javascript:alert(2)`;
  const made = html`<p title="${hostile}">${hostile}</p>`.text;
  expect(made.match(/</g)).toHaveLength(2);
  expect(made.match(/"/g)).toHaveLength(2);
  expect(made).not.toMatch(/['`]/);
  expect(made).toContain('&amp;amp;');
});

it('text comes back as it was, whatever it is', () => {
  const back = (text: string) =>
    text
      .replace(
        /&(lt|gt|quot|amp|#39|#96);/g,
        (sign) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[sign.slice(1, -1)] ?? sign,
      )
      .replaceAll('&#39;', "'")
      .replaceAll('&#96;', '`');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const safe = escaped(text);
      expect(safe).not.toMatch(/[<>"'`]/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      const shown = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
      if (!/&#\d/.test(shown)) expect(back(safe)).toBe(shown);
    }),
  );
});

it('lists are joined, nothing is nothing, and HTML is not escaped twice', () => {
  expect(html`${['a', new Html('<b>'), [1, null, undefined, false]]}|${0}`.text).toBe('a<b>1|0');
  expect(said('a<').text).toBe('<bdi>a&lt;</bdi>');
  expect(timeHtml(0).text).toContain('datetime="1970-01-01T00:00:00.000Z"');
});
