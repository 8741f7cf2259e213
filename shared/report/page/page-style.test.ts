import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SLOT_LETTERS } from '../../schemas/comparison.ts';
import { PAGE_COLOURS, SLOT_COLOURS } from './page-style.ts';

const palette = readFileSync(new URL('../../../renderer/theme/palette.css', import.meta.url), 'utf8');

it('has the colours of the studio', () => {
  const own = [
    ...Object.entries(PAGE_COLOURS),
    ...SLOT_COLOURS.map((pair, place) => [`slot-${SLOT_LETTERS[place]?.toLowerCase()}`, pair] as const),
  ];
  for (const [name, [light, dark]] of own) expect(palette).toContain(`--tb-${name}: light-dark(${light}, ${dark});`);
});
