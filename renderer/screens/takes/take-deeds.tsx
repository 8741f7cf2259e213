import type { Take, TakePatch } from '../../../shared/schemas/take.ts';
import { player } from '../../player/studio-player.ts';
import { useTakes } from '../../stores/takes.ts';
import { patchTake, removeTakes, restoreTakes } from '../../stores/takes-calls.ts';
import { tellFault, tellUndo } from './notices.tsx';

/** Changes name, note or rating; shown at once, and taken back when the engine refuses. */
export async function changeTake(take: Take, patch: Pick<TakePatch, 'name' | 'note' | 'rating'>): Promise<void> {
  useTakes.getState().put({ ...take, ...patch });
  try {
    useTakes.getState().put(await patchTake(take.id, patch));
  } catch (thrown) {
    useTakes.getState().put(take);
    tellFault(thrown, 'The change was not kept');
  }
}

/** Gives a take 1-5 stars; the rating it already has takes it away. */
export function rateTake(take: Take, rating: number | null): Promise<void> {
  return changeTake(take, { rating: rating === take.rating ? null : rating });
}

/** Removes takes and offers to undo it. */
export async function removeWithUndo(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const mine = [...ids];
  try {
    await removeTakes(mine);
  } catch (thrown) {
    tellFault(thrown, 'Nothing was deleted');
    return;
  }
  useTakes.getState().drop(mine);
  for (const id of mine) player.forget(id);
  tellUndo(mine.length === 1 ? 'Take deleted' : `${mine.length.toLocaleString()} takes deleted`, async () => {
    await restoreTakes(mine);
    await useTakes.getState().refresh();
    const first = mine[0];
    if (mine.length === 1 && first !== undefined && useTakes.getState().window.takes.has(first)) {
      useTakes.getState().choose(first);
    }
  });
}
