import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestKey } from './request-key.ts';

it('does not depend on the order of fields', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (request) => {
      const turned = Object.fromEntries(Object.entries(request).reverse());
      expect(requestKey(turned)).toBe(requestKey(request));
    }),
    { seed: 20261122 },
  );
});

it('differs where the request differs', () => {
  expect(requestKey({ text: 'a', speed: 1 })).not.toBe(requestKey({ text: 'a', speed: 1.01 }));
  expect(requestKey({ a: { b: 1 } })).not.toBe(requestKey({ a: { c: 1 } }));
});
