/** What it costs to leave out a symbol, or to take one for another. Equal ones cost nothing. */
export interface SymbolCosts<Unit> {
  left(symbol: Unit): number;
  other(a: Unit, b: Unit): number;
}

/**
 * Which of the symbols spoken belong to which part, where the parts read by themselves differ a little from what was
 * spoken: the alignment of least cost (R. Wagner and M. Fischer, 1974).
 *
 * @param parts symbols of each part read by itself
 * @returns for each symbol spoken the index of its part; -1 where it is of none
 */
export function alignSymbols<Unit>(
  spoken: readonly Unit[],
  parts: readonly (readonly Unit[])[],
  costs: SymbolCosts<Unit>,
): Int32Array {
  const read = parts.flatMap((symbols, part) => symbols.map((symbol) => ({ symbol, part })));
  const width = spoken.length + 1;
  const least = new Float64Array((read.length + 1) * width);
  spoken.forEach((symbol, j) => {
    least[j + 1] = (least[j] ?? 0) + costs.left(symbol);
  });
  const both = (a: Unit, b: Unit) => (a === b ? 0 : costs.other(a, b));
  for (const [i, { symbol }] of read.entries()) {
    const row = (i + 1) * width;
    least[row] = (least[row - width] ?? 0) + costs.left(symbol);
    for (const [j, heard] of spoken.entries()) {
      least[row + j + 1] = Math.min(
        (least[row - width + j] ?? 0) + both(symbol, heard),
        (least[row - width + j + 1] ?? 0) + costs.left(symbol),
        (least[row + j] ?? 0) + costs.left(heard),
      );
    }
  }
  return walkBack(spoken, read, (i, j) => least[i * width + j] ?? 0, both, costs);
}

function walkBack<Unit>(
  spoken: readonly Unit[],
  read: readonly { symbol: Unit; part: number }[],
  least: (i: number, j: number) => number,
  both: (a: Unit, b: Unit) => number,
  { left }: SymbolCosts<Unit>,
): Int32Array {
  const owners = new Int32Array(spoken.length).fill(-1);
  let i = read.length;
  let j = spoken.length;
  while (j > 0) {
    const one = read[i - 1];
    const heard = spoken[j - 1] as Unit;
    const here = least(i, j);
    if (one && here === least(i - 1, j - 1) + both(one.symbol, heard)) {
      owners[j - 1] = one.part;
      i -= 1;
      j -= 1;
    } else if (one && here === least(i - 1, j) + left(one.symbol)) i -= 1;
    else j -= 1;
  }
  return owners;
}
