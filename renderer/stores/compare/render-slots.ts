import { FaultError, toFault } from '../../../shared/errors.ts';
import type { CompareAnswer, CompareRequest } from '../../../shared/schemas/compare.ts';
import type { Comparison, ComparisonText, Slot } from '../../../shared/schemas/comparison.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { api, check } from '../../api.ts';
import { takeRequest } from '../take-request.ts';
import { type Cell, cellKey, takeIdOf } from './cell.ts';
import { isCurrent, type Making, useCells, withEntries } from './cells.ts';
import { readTake, renderTakes } from './compare-calls.ts';
import { flushComparison, showPlaced, useComparisons } from './comparisons.ts';
import { currentText, useCompareView } from './slots.ts';

const { getState: get, setState: set } = useCells;

function remember(take: Take | null, id: string): void {
  set({ takes: withEntries(get().takes, [[id, take]]) });
}

function setMaking(making: readonly Making[]): void {
  const entries = making.map((one) => [cellKey(one), one] as const);
  const faults = withEntries(
    get().faults,
    entries.map(([key]) => [key, undefined]),
  );
  set({ making: withEntries(get().making, entries), faults });
}

/** Ends the making of a cell, if it still is that take which is made. */
function endMaking(id: string, why: unknown = null): void {
  for (const [key, one] of get().making) {
    if (one.id !== id) continue;
    const wanted = why !== null && one.stage !== 'cancelling';
    set({
      making: withEntries(get().making, [[key, undefined]]),
      ...(wanted ? { faults: withEntries(get().faults, [[key, toFault(why)]]) } : {}),
    });
  }
}

function makingOf(id: string): Making | null {
  for (const one of get().making.values()) if (one.id === id) return one;
  return null;
}

async function answered(answer: CompareAnswer): Promise<void> {
  const making = makingOf(answer.id);
  if ('fault' in answer) return endMaking(answer.id, new FaultError(answer.fault));
  if (making === null) return;
  const { takeId, cached } = answer;
  showPlaced(making, takeId);
  if (!cached && takeId === answer.id) {
    set({ making: withEntries(get().making, [[cellKey(making), { ...making, stage: 'arriving' }]]) });
  }
  const take = await readTake(takeId);
  remember(take, takeId);
  if (take.state !== 'rendering') endMaking(answer.id, take.fault && new FaultError(take.fault));
  // Another render makes the same take: this cell waits for it.
  else if (takeId !== answer.id) setMaking([{ ...making, id: takeId, stage: 'arriving' }]);
}

/** Which slots say which texts. */
interface Wanted {
  slots: readonly Slot[];
  texts: readonly ComparisonText[];
}

function everything({ slots, texts }: Comparison): Wanted {
  return { slots, texts };
}

/** Cells that have no take of what they are now, and none under way. */
export function cellsToRender(comparison: Comparison, { slots, texts }: Wanted = everything(comparison)): Cell[] {
  const { takes, making } = get();
  const spoken = texts.filter(({ text }) => text.trim() !== '');
  return spoken.flatMap((text) =>
    slots.flatMap((slot) => {
      const cell = { slotId: slot.id, textId: text.id };
      const take = takes.get(takeIdOf(comparison, cell) ?? '');
      const done = take?.state === 'done' && isCurrent(take, slot, text);
      return done || making.has(cellKey(cell)) ? [] : [cell];
    }),
  );
}

/**
 * Renders what is not there yet, all of it at once: the engine keeps each provider's limits. A request that was made
 * before is answered by its take.
 *
 * @param wanted these slots and texts only
 * @param fresh ask anew, also for what is there
 */
export async function renderSlots(wanted?: Partial<Wanted>, fresh = false): Promise<void> {
  const { current } = useComparisons.getState();
  if (current === null) return;
  const of = { ...everything(current), ...wanted };
  // The engine puts a take into its cell as soon as it is there: it must know of it.
  await Promise.all([loadTakes(current, of.texts), flushComparison()]);
  const cells = fresh
    ? of.texts.flatMap((text) => of.slots.map((slot) => ({ slotId: slot.id, textId: text.id })))
    : cellsToRender(current, of);
  if (cells.length === 0) return;
  try {
    const asked = cells.flatMap((cell) => {
      const slot = current.slots.find(({ id }) => id === cell.slotId);
      const text = current.texts.find(({ id }) => id === cell.textId)?.text ?? '';
      const place = { comparisonId: current.id, ...cell };
      return slot ? [{ ...takeRequest({ fresh, of: { ...slot, text } }), cell: place }] : [];
    });
    setMaking(asked.map(({ id, cell }) => ({ ...cell, id, stage: 'asked' as const })));
    for (const batch of batches(asked)) await follow(batch);
  } catch (thrown) {
    const faults = cells.map((cell) => [cellKey(cell), toFault(thrown)] as const);
    set({ faults: withEntries(get().faults, faults) });
  }
}

type Asked = CompareRequest['requests'][number];

/** Characters of text in one call: the engine takes so much at once and no more. */
const BATCH_CHARACTERS = 1_000_000;

function batches(asked: readonly Asked[]): Asked[][] {
  const all: Asked[][] = [];
  let room = 0;
  for (const request of asked) {
    if (room < request.text.length) {
      all.push([]);
      room = BATCH_CHARACTERS;
    }
    all.at(-1)?.push(request);
    room -= request.text.length;
  }
  return all;
}

async function follow(requests: Asked[]): Promise<void> {
  const open = new Set(requests.map(({ id }) => id));
  try {
    for await (const answer of renderTakes(requests, new AbortController().signal)) {
      open.delete(answer.id);
      await answered(answer).catch((thrown) => endMaking(answer.id, thrown));
    }
  } catch (thrown) {
    for (const id of open) endMaking(id, thrown);
  }
}

/** Ends the making of takes; what had arrived of each is kept as an incomplete one. */
export async function cancelSlots(slotId: string | null = null): Promise<void> {
  const wanted = [...get().making.values()].filter((one) => slotId === null || one.slotId === slotId);
  setMaking(wanted.map((one) => ({ ...one, stage: 'cancelling' as const })));
  await Promise.all(
    wanted.map(async ({ id }) => {
      try {
        await check(await api.takes[':id'].cancel.$post({ param: { id } }));
        endMaking(id);
      } catch (thrown) {
        endMaking(id, thrown);
      }
    }),
  );
}

/** Takes that are read at once, so that other calls find their way between them. */
const READ_AT_ONCE = 16;

/** Reads the takes of texts that are not known yet. */
export async function loadTakes(comparison: Comparison, texts: readonly ComparisonText[]): Promise<void> {
  const ids = texts.flatMap((text) =>
    comparison.slots.flatMap((slot) => takeIdOf(comparison, { slotId: slot.id, textId: text.id }) ?? []),
  );
  const unknown = [...new Set(ids)].filter((id) => !get().takes.has(id));
  for (let at = 0; at < unknown.length; at += READ_AT_ONCE) {
    const read = await Promise.all(
      unknown.slice(at, at + READ_AT_ONCE).map(async (id) => {
        try {
          return [id, await readTake(id)] as const;
        } catch (thrown) {
          return [id, toFault(thrown).code === 'not_found' ? null : undefined] as const;
        }
      }),
    );
    set({ takes: withEntries(get().takes, read) });
  }
}

/** Asks how the takes under way are, after events may have been missed. */
export async function recheckSlots(): Promise<void> {
  await Promise.all(
    [...get().making.values()].map(async ({ id, stage }) => {
      if (stage === 'asked') return;
      try {
        slotsHeard({ type: 'take', take: await readTake(id) });
      } catch (thrown) {
        endMaking(id, thrown);
      }
    }),
  );
}

/** One that was removed may have been brought back: it is asked for again. */
function forgetGone(): void {
  const gone = [...get().takes].flatMap(([id, take]) => (take === null ? [[id, undefined] as const] : []));
  if (gone.length === 0) return;
  set({ takes: withEntries(get().takes, gone) });
  const { current } = useComparisons.getState();
  const text = currentText(current, useCompareView.getState().textId);
  if (current && text) void loadTakes(current, [text]);
}

/** Takes in how takes of the comparison go on. */
export function slotsHeard(event: StudioEvent): void {
  if (event.type === 'refused') endMaking(event.takeId, new FaultError(event.fault));
  if (event.type === 'changed' && event.what === 'takes') forgetGone();
  if (event.type !== 'take') return;
  const { take } = event;
  const making = makingOf(take.id);
  if (making === null && !get().takes.has(take.id)) return;
  remember(take, take.id);
  if (making === null || take.state === 'rendering') return;
  // A short take may be done before it was read that it answers: it has its cell all the same.
  if (take.samples > 0) showPlaced(making, take.id);
  endMaking(take.id, take.fault && new FaultError(take.fault));
}
