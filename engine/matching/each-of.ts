/**
 * Does something with each, so many at once. After the first failure nothing more is begun; what is under way is waited
 * for, so that nothing goes on behind the back of whoever asked.
 *
 * @returns what came of each, in order
 * @throws what failed first
 */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const left = [...items.entries()];
  const results: Result[] = [];
  let failure: { thrown: unknown } | null = null;
  const workers = Array.from({ length: Math.min(atOnce, left.length) }, async () => {
    for (let next = left.shift(); next !== undefined && failure === null; next = left.shift()) {
      const [place, item] = next;
      try {
        results[place] = await work(item);
      } catch (thrown) {
        failure ??= { thrown };
      }
    }
  });
  await Promise.all(workers);
  // Assigned where the compiler does not look.
  const failed = failure as { thrown: unknown } | null;
  if (failed !== null) throw failed.thrown;
  return results;
}
