import type { Emotion } from '../../../shared/controls/controls.ts';

/** A style row and pace for an emotion. */
export interface Shaped {
  row: Float32Array;
  /** Times the speed asked for. */
  pace: number;
}

/** The row and pace in an emotion; neutral gives the row as it is. */
export function shapeStyle(row: Float32Array, _emotion: Emotion): Shaped {
  return { row, pace: 1 };
}
