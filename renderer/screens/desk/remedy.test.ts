import { expect, it, vi } from 'vitest';
import type { Fault, FaultCode } from '../../../shared/errors.ts';
import { stubPage } from '../../stores/testing/page-on-engine.ts';

stubPage();
const { remedyOf } = await import('./remedy.ts');
vi.unstubAllGlobals();

const of = (code: FaultCode, more: Partial<Fault> = {}, otherModel = false) =>
  remedyOf({ code, message: 'Far has trouble.', ...more }, otherModel);

it('leads to the settings of a provider that wants something of a person', () => {
  for (const code of ['unauthorised', 'unreachable', 'no_credit'] as const) expect(of(code)).toBe('settings');
});

it('offers what can speak where voice or model are gone', () => {
  expect(of('unknown_voice')).toBe('voices');
  expect(of('unknown_model', {}, true)).toBe('own-model');
  expect(of('unknown_model')).toBe('voices');
});

it('tries again where that may be all it takes', () => {
  for (const code of ['busy', 'rate_limited', 'cut_short', 'provider_fault', 'internal'] as const) {
    expect(of(code)).toBe('again');
  }
  expect(of('unreachable', { message: 'The studio’s engine does not answer.' })).toBe('again');
});

it('offers nothing where the text itself must be another one', () => {
  expect(of('text_too_long', { param: 'text' })).toBeNull();
});
