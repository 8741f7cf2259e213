/**
 * The chances of several tests, corrected for how many there are (S. Holm, “A simple sequentially rejective multiple test
 * procedure”, 1979): where nothing is there to be found, all of them together find something in at most as many cases as one
 * test does. In the order they came in.
 */
export function holm(chances: readonly number[]): number[] {
  const corrected = chances.map(() => 1);
  const order = chances.map((_, at) => at).toSorted((one, other) => (chances[one] ?? 1) - (chances[other] ?? 1));
  let before = 0;
  for (const [rank, at] of order.entries()) {
    before = Math.max(before, Math.min(1, (chances.length - rank) * (chances[at] ?? 1)));
    corrected[at] = before;
  }
  return corrected;
}
