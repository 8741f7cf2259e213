import { expect, it } from 'vitest';
import { Mapping } from '../schemas/mapping.ts';
import { STANDARD_LANGUAGES, standardLines } from './standard-lines.ts';

it('has lines that a mapping takes, in every language at least as many as a search uses at first', () => {
  for (const language of STANDARD_LANGUAGES) {
    const lines = standardLines(language);
    expect(Mapping.shape.lines.parse(lines)).toEqual(lines);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThanOrEqual(3);
  }
});

it('looks at the language, not at its region, and has English ones where it knows no other', () => {
  expect(standardLines('de-AT')).toEqual(standardLines('de'));
  expect(standardLines('de')).not.toEqual(standardLines('en'));
  expect(standardLines('xx')).toEqual(standardLines('en'));
  expect(standardLines(null)).toEqual(standardLines('en'));
  expect(standardLines('constructor')).toEqual(standardLines('en'));
  expect(standardLines('cmn')).toEqual(standardLines('zh-CN'));
});
