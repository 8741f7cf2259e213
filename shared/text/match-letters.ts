/** Most elements that may differ unless told otherwise: beyond it these are two texts, and to look further takes the square of it. */
const MOST_DIFFERENT = 3000;

/** The furthest index of `a` reached on each diagonal (index of `a` less index of `b`), diagonal k at k + its step + 1. */
type Reached = Int32Array;

/**
 * Which element of `a` is which of `b`, with the fewest left out on both sides (E. W. Myers, “An O(ND) difference
 * algorithm and its variations”, 1986).
 *
 * @param most how many elements may stand in one of the two alone
 * @returns for each of `a` its index in `b`, or -1; null where more than that differ
 */
export function matchLetters(
  a: readonly string[],
  b: readonly string[],
  most: number = MOST_DIFFERENT,
): Int32Array | null {
  const steps: Reached[] = [];
  let before: Reached = new Int32Array(3);
  for (let step = 0; step <= Math.min(most, a.length + b.length); step += 1) {
    const now = new Int32Array(2 * step + 3);
    for (let k = -step; k <= step; k += 2) {
      let x = startOf(before, k, step);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      now[k + step + 1] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(steps, x, k);
    }
    steps.push(now);
    before = now;
  }
  return null;
}

/** Whether a diagonal begins by leaving out one of `b`, rather than one of `a`. */
function leavesOutB(before: Reached, k: number, step: number): boolean {
  return k === -step || (k !== step && (before[k + step - 1] ?? 0) < (before[k + step + 1] ?? 0));
}

function startOf(before: Reached, k: number, step: number): number {
  if (step === 0) return 0;
  return leavesOutB(before, k, step) ? (before[k + step + 1] ?? 0) : (before[k + step - 1] ?? 0) + 1;
}

function walkBack(steps: readonly Reached[], length: number, diagonal: number): Int32Array {
  const matches = new Int32Array(length).fill(-1);
  let x = length;
  let k = diagonal;
  for (let step = steps.length; step >= 0; step -= 1) {
    const before = steps[step - 1] ?? new Int32Array(0);
    const start = startOf(before, k, step);
    while (x > start) {
      x -= 1;
      matches[x] = x - k;
    }
    if (step === 0) break;
    if (leavesOutB(before, k, step)) k += 1;
    else {
      x -= 1;
      k -= 1;
    }
  }
  return matches;
}
