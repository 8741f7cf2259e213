import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { escaped } from '../../../shared/report/page/html.ts';
import { HOSTILE } from './reported.ts';

/** The sounds in a page, in their order. */
export const sounds = (html: string) =>
  [...html.matchAll(/src="data:(audio\/\w+);base64,([^"]+)"/g)].map(([, type, data]) => ({
    type,
    bytes: new Uint8Array(Buffer.from(data ?? '', 'base64')),
  }));

/** Nothing but the page’s own style and script is allowed, and nothing that a person wrote is markup. */
export function expectSealed(html: string, audible: boolean): void {
  const [policy] = /<meta http-equiv="Content-Security-Policy" content="[^"]+">/.exec(html) ?? [''];
  expect(policy).toContain('default-src &#39;none&#39;');
  expect(policy).not.toContain('unsafe');
  const inline = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text ?? '');
  const [style, ...styles] = inline('style');
  const [script, ...scripts] = inline('script');
  expect([styles, scripts]).toEqual([[], []]);
  expect(html.match(/<script/g)?.length ?? 0).toBe(audible ? 1 : 0);
  for (const text of audible ? [style, script] : [style]) {
    expect(policy).toContain(
      `sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}`,
    );
  }
  // What a person wrote has no angle bracket left, so that these are all tags there are.
  const tags = html.replace(`<script>${script}</script>`, '').match(/<[^>]*>/g) ?? [];
  expect(tags.filter((tag) => /^<(?:img|b|iframe|object|form|base)\b|\son\w+=|\sstyle=|https?:/i.test(tag))).toEqual(
    [],
  );
  const texts = html.split(/<[^>]*>/);
  expect(texts.some((text) => text.includes(escaped(HOSTILE)))).toBe(true);
  expect(html.includes(HOSTILE)).toBe(false);
}
