import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Take } from '../../../../shared/schemas/take.ts';
import { takeIdOf } from '../../../stores/compare/cell.ts';
import { useCells } from '../../../stores/compare/cells.ts';
import { isHearable, textsOf } from '../../../stores/listening/setup.ts';
import { listTakes } from '../../../stores/takes-calls.ts';
import { takeTitle, when } from '../../takes/take-words.ts';
import { letterOf } from '../slot-colours.ts';
import room from './blind-room.module.css';
import classes from './setup-page.module.css';
import type { FieldProps } from './setup-page.tsx';

/** Takes of a project that are offered as approved recordings. */
const MOST_OFFERED = 500;

/** Recordings that were brought in. */
function useImported(projectId: string): Take[] {
  const [takes, setTakes] = useState<Take[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    listTakes({ projectId, state: 'done', limit: MOST_OFFERED }, controller.signal).then(
      (page) => setTakes(page.takes.filter(({ source, samples }) => source === 'imported' && samples > 0)),
      () => undefined,
    );
    return () => controller.abort();
  }, [projectId]);
  return takes;
}

/** The approved recording of each text. */
export function ReferencesField({ comparison, draft, onChange }: FieldProps) {
  const imported = useImported(comparison.projectId);
  const takes = useCells((state) => state.takes);
  const doubled = textsOf(comparison, draft).some((text) =>
    draft.slotIds.some((slotId) => takeIdOf(comparison, { slotId, textId: text.id }) === draft.references[text.id]),
  );
  return (
    <>
      {textsOf(comparison, draft).map((text) => {
        const own = comparison.slots.flatMap((slot, place) => {
          const take = takes.get(takeIdOf(comparison, { slotId: slot.id, textId: text.id }) ?? '');
          return take && isHearable(take) ? [{ value: take.id, label: `Take of slot ${letterOf(place)}` }] : [];
        });
        const brought = imported.map((take) => ({
          value: take.id,
          label: `${takeTitle(take).slice(0, 60)}, brought in ${when(take.createdAt)}`,
        }));
        const groups = [
          { group: 'Recordings brought in', items: brought },
          { group: 'Takes of the slots', items: own },
        ].filter(({ items }) => items.length > 0);
        return (
          <Select
            key={text.id}
            w={420}
            label={<span className={classes.text}>{text.text}</span>}
            placeholder="Choose its approved recording"
            value={draft.references[text.id] ?? null}
            data={groups}
            searchable
            nothingFoundMessage="Bring an audio file in as a take first."
            onChange={(value) => {
              const { [text.id]: _, ...others } = draft.references;
              onChange({ references: value === null ? others : { ...others, [text.id]: value } });
            }}
          />
        );
      })}
      {doubled && (
        <p className={room.warn}>
          One of the slots is itself the reference: it will be heard twice on that page. Leave the slot out, or choose
          another recording.
        </p>
      )}
    </>
  );
}
