/** One line of a benchmark's table. */
export interface Figure {
  /** What was measured. */
  what: string;
  /** What it must reach, in words. */
  reach: string;
  got: number | string;
  unit: string;
  ok: boolean;
}
