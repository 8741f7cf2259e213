import { Button } from '@mantine/core';
import type { Comparison } from '../../../../shared/schemas/comparison.ts';
import { type Cell, cellKey } from '../../../stores/compare/cell.ts';
import { useCells } from '../../../stores/compare/cells.ts';
import { renderSlots } from '../../../stores/compare/render-slots.ts';
import { letterOf } from '../slot-colours.ts';
import room from './blind-room.module.css';

/** Places of slots, as “A and C”. */
function lettersOf(comparison: Comparison, cells: readonly Cell[]): string {
  const places = comparison.slots.flatMap(({ id }, place) =>
    cells.some(({ slotId }) => slotId === id) ? [letterOf(place)] : [],
  );
  const last = places.pop();
  return places.length > 0 ? `${places.join(', ')} and ${last}` : `${last}`;
}

/** Says which takes are not there, and renders them. */
export function MissingTakes({ comparison, missing }: { comparison: Comparison; missing: readonly Cell[] }) {
  const making = useCells((state) => missing.filter((cell) => state.making.has(cellKey(cell))).length);
  const fault = useCells((state) => missing.map((cell) => state.faults.get(cellKey(cell))).find(Boolean));
  if (missing.length === 0) return null;
  const slotIds = new Set(missing.map(({ slotId }) => slotId));
  const textIds = new Set(missing.map(({ textId }) => textId));
  const render = () =>
    renderSlots({
      slots: comparison.slots.filter(({ id }) => slotIds.has(id)),
      texts: comparison.texts.filter(({ id }) => textIds.has(id)),
    });
  const count = missing.length;
  return (
    <div className={room.row} role="status">
      <p className={room.warn}>
        {`${count} ${count === 1 ? 'take is' : 'takes are'} missing, of ${lettersOf(comparison, missing)}, in ${textIds.size} ${textIds.size === 1 ? 'text' : 'texts'}.`}
        {fault && ` ${fault.message}`}
      </p>
      <Button variant="default" loading={making > 0} onClick={() => void render()}>
        {`Render ${count}`}
      </Button>
    </div>
  );
}
