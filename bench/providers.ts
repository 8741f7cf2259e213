import type { Figure } from './figure.ts';
import { addressFigures } from './providers-addresses.ts';
import { faultFigures } from './providers-faults.ts';
import { firstByteFigures } from './providers-first-byte.ts';
import { memoryFigures } from './providers-memory.ts';

/** Providers over HTTP: the real studio against peers in processes of their own. */
export async function run(): Promise<Figure[]> {
  return [
    ...(await firstByteFigures()),
    ...(await addressFigures()),
    ...(await memoryFigures()),
    ...(await faultFigures()),
  ];
}
