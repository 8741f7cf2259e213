/** Moves the focus from a list item that is about to go to the next one, so that the keyboard keeps its place. */
export function focusNeighbour(from: Element): void {
  const item = from.closest('li');
  const buttons = [...(item?.querySelectorAll('button') ?? [])];
  const column = buttons.findIndex((button) => button.contains(from));
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
  const same = neighbour?.querySelectorAll('button')[column] ?? neighbour?.querySelector('button');
  (same ?? item?.closest('[role="dialog"]')?.querySelector('input'))?.focus();
}
