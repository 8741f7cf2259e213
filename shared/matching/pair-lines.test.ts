import { expect, it } from 'vitest';
import { NEUTRAL_SETTINGS, type Settings } from '../controls/controls.ts';
import type { MappedVoice, MappingRow, SourceVoice } from '../schemas/mapping.ts';
import type { Take } from '../schemas/take.ts';
import { pairLines, pairTakeIds, saysChoice, saysSame, studioOf } from './pair-lines.ts';

const settings = (more: Partial<Settings> = {}): Settings => ({ ...NEUTRAL_SETTINGS, ...more });

function take(id: string, text: string, more: Partial<Take> = {}): Take {
  const plain = { id, text, voiceId: 'new:one', model: 'm', settings: settings(), samples: 100, source: 'rendered' };
  return {
    ...plain,
    sent: { speed: 1, pitch: 0, volume: 0 },
    studio: { speed: 1, pitch: 0, volume: 0 },
    ...more,
  } as Take;
}

const CHOICE: MappedVoice = { voiceId: 'new:one', voiceName: 'One', modelId: null, settings: settings() };

/** A row whose old voice is heard in some takes, and whose candidates in others. */
function rowOf(
  old: string[],
  candidates: { voiceId: string; takeIds: string[] }[],
  choice: MappedVoice | null = CHOICE,
) {
  const source = { recordings: [] } as unknown as SourceVoice;
  const proposal = { takeIds: old, candidates } as unknown as MappingRow['proposal'];
  return { source, proposal, choice };
}

const known = (...takes: Take[]) => new Map(takes.map((one) => [one.id, one]));

it('puts what both say before what only one of them says', () => {
  const row = rowOf(['a', 'b'], [{ voiceId: 'new:one', takeIds: ['x', 'y'] }]);
  const takes = known(
    take('a', 'Only the old one.', { voiceId: 'old:one' }),
    take('b', 'Both  say\nthis.', { voiceId: 'old:one' }),
    take('x', 'Both say this.'),
    take('y', 'Only the new one.'),
  );
  const lines = pairLines(row, takes);
  expect(lines.map(({ text }) => text)).toEqual(['Both say this.', 'Only the old one.', 'Only the new one.']);
  expect(lines.map(saysSame)).toEqual([true, false, false]);
});

it('takes recordings without a text each for a line of its own, which nobody else says', () => {
  const row = rowOf(['a', 'b'], [{ voiceId: 'new:one', takeIds: ['x'] }]);
  const takes = known(take('a', ''), take('b', ''), take('x', ''));
  const lines = pairLines(row, takes);
  expect(lines.filter((line) => line.old !== null).map((line) => line.old?.id)).toEqual(['a', 'b']);
  expect(lines.every((line) => !saysSame(line))).toBe(true);
});

it('leaves out takes of another candidate, of nothing, and those that are gone', () => {
  const candidates = [
    { voiceId: 'new:one', takeIds: ['x', 'gone', 'empty'] },
    { voiceId: 'new:two', takeIds: ['z'] },
  ];
  const row = rowOf([], candidates);
  expect(pairTakeIds(row).new).toEqual(['x', 'gone', 'empty']);
  const takes = known(take('x', 'One.'), take('empty', 'Two.', { samples: 0 }), take('z', 'Three.'));
  expect(pairLines(row, takes).map(({ text }) => text)).toEqual(['One.']);
});

it('hears a choice on a take that only speed, pitch and volume tell from it', () => {
  const faster = { ...CHOICE, settings: settings({ speed: 1.2, pitch: 2 }) };
  expect(saysChoice(take('x', 'One.'), faster)).toBe(true);
  const calm = { ...CHOICE, settings: settings({ emotion: { name: 'calm', intensity: 0.5 } }) };
  expect(saysChoice(take('x', 'One.'), calm)).toBe(false);
  expect(saysChoice(take('x', 'One.'), { ...CHOICE, settings: settings({ parameters: { style: 0.3 } }) })).toBe(false);
  expect(saysChoice(take('x', 'One.'), { ...CHOICE, modelId: 'other' })).toBe(false);
  expect(saysChoice(take('x', 'One.', { settings: settings({ seed: 7 }) }), CHOICE)).toBe(true);
  const row = { choice: faster };
  expect(studioOf(row, 'new', take('x', 'One.'))).toEqual({ speed: 1.2, pitch: 2, volume: 0 });
  expect(studioOf(row, 'old', take('x', 'One.'))).toEqual({ speed: 1, pitch: 0, volume: 0 });
});
