import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconCopy, IconPlus, IconSquarePlus } from '@tabler/icons-react';
import { slotTraits, whoDiffers } from '../../../shared/report/slot-traits.ts';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { MOST_SLOTS } from '../../../shared/schemas/comparison.ts';
import {
  addSlot,
  contentOfPreset,
  contentOfTake,
  duplicateSlot,
  editSlot,
  slotContent,
} from '../../stores/compare/slots.ts';
import { usePresets } from '../../stores/presets.ts';
import { chosenTake, useTakes } from '../../stores/takes.ts';
import { useTune } from '../../stores/tune.ts';
import { takeTitle } from '../takes/take-words.ts';
import { SlotFaults } from './slot-faults.tsx';
import { SlotRow } from './slot-row.tsx';
import classes from './slots-table.module.css';
import { HEADING, ROW, TABLE } from './table-roles.ts';

const COLUMNS: readonly { name: string; key?: string; title?: string; right?: true; more?: true }[] = [
  { name: '', key: 'letter' },
  { name: 'Voice' },
  { name: 'Settings', title: 'What is not the same in all slots is marked' },
  { name: 'State' },
  { name: 'First', title: 'From asking to the first sound', right: true },
  { name: 'Total', title: 'From asking to the last sound', right: true, more: true },
  { name: 'Cost', right: true, more: true },
  { name: 'LUFS', title: 'Loudness as it is heard, before it is matched (BS.1770)', right: true },
  { name: 'Gain dB', title: 'What makes all of them equally loud', right: true },
  { name: 'Length s', title: 'As it is heard, at its own speed', right: true },
  { name: 'W/min', title: 'Words in a minute', right: true, more: true },
  { name: 'Pitch Hz', title: 'Median pitch as it is heard', right: true, more: true },
  { name: 'Range st', title: 'From the 5th to the 95th percentile of the pitch', right: true, more: true },
  { name: '', key: 'deeds' },
];

/** With more slots than this each has one line only. */
const MANY = 5;

/** The slots, one below the other, with what is known of each. */
export function SlotsTable({ comparison }: { comparison: Comparison }) {
  const { slots } = comparison;
  const traits = slotTraits(slots);
  const differs = whoDiffers(slots);
  return (
    <section className={classes.table} aria-label="Slots">
      <div {...TABLE} className={classes.rows} data-many={slots.length > MANY || undefined}>
        <div {...ROW} className={`${classes.columns} ${classes.header}`}>
          {COLUMNS.map(({ name, key, title, right, more }) => (
            <span
              key={key ?? name}
              {...HEADING}
              title={title}
              className={[right && classes.right, more && classes.more].filter(Boolean).join(' ')}
            >
              {name}
            </span>
          ))}
        </div>
        {slots.map((slot, place) => (
          <SlotRow
            key={slot.id}
            comparison={comparison}
            slot={slot}
            place={place}
            traits={traits[place] ?? []}
            differs={differs}
          />
        ))}
      </div>
      <SlotFaults comparison={comparison} />
      <AddSlot full={slots.length >= MOST_SLOTS} last={slots.at(-1)?.id ?? null} />
    </section>
  );
}

function AddSlot({ full, last }: { full: boolean; last: string | null }) {
  const presets = usePresets((state) => state.presets);
  const take = useTakes((state) => chosenTake(state));
  const desk = useTune();
  const icon = { size: 15, stroke: 1.6 };
  const open = (id: string | null) => id !== null && editSlot(id);
  return (
    <Menu width={300} position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes.add ?? ''}
          leftSection={<IconPlus size={15} stroke={1.6} />}
          disabled={full}
          data-add-slot
        >
          {full ? 'Eight slots are the most' : 'Add a slot'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSquarePlus {...icon} />} onClick={() => open(addSlot(slotContent(desk)))}>
          With voice and controls of Tune
        </Menu.Item>
        {last !== null && (
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => open(duplicateSlot(last))}>
            Like the last one
          </Menu.Item>
        )}
        {take !== null && (
          <Menu.Item
            leftSection={<IconCopy {...icon} />}
            onClick={() => addSlot(contentOfTake(take))}
            title={takeTitle(take)}
          >
            With the settings of the take chosen in Tune
          </Menu.Item>
        )}
        {presets.length > 0 && <Menu.Label>With a preset</Menu.Label>}
        {presets.map((preset) => (
          <Menu.Item
            key={preset.id}
            leftSection={<IconBookmark {...icon} />}
            onClick={() => addSlot(contentOfPreset(preset))}
          >
            {preset.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
