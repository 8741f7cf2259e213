import { ActionIcon, Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowDown,
  IconArrowUp,
  IconBookmark,
  IconCopy,
  IconDots,
  IconDownload,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Comparison, Slot } from '../../../shared/schemas/comparison.ts';
import { MOST_SLOTS } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { renderSlots } from '../../stores/compare/render-slots.ts';
import {
  changeSlot,
  contentOfPreset,
  contentOfTake,
  currentText,
  duplicateSlot,
  moveSlot,
  removeSlot,
  useCompareView,
} from '../../stores/compare/slots.ts';
import { useExports } from '../../stores/exports.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { usePresets } from '../../stores/presets.ts';
import { chosenTake, useTakes } from '../../stores/takes.ts';
import { useTune } from '../../stores/tune.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { tellDone, tellUndo } from '../takes/notices.tsx';
import { takeTitle } from '../takes/take-words.ts';
import { letterOf } from './slot-colours.ts';

const ICON = { size: 15, stroke: 1.6 };

interface SlotMenuProps {
  comparison: Comparison;
  slot: Slot;
  place: number;
  take: Take | null;
}

/** Keeps voice and settings of a slot as a preset; one of that name is replaced. @throws FaultError */
export async function keepAsPreset({ voiceId, voiceName, modelId, settings }: Slot, name: string): Promise<void> {
  const { presets, save, change } = usePresets.getState();
  const same = presets.find((preset) => preset.name === name);
  const content = { voiceId, voiceName, modelId, settings };
  if (same) await change(same.id, content);
  else await save({ name, ...content });
}

/** What can be done with a slot. */
export function SlotMenu({ comparison, slot, place, take }: SlotMenuProps) {
  const [naming, setNaming] = useState<'slot' | 'preset' | null>(null);
  const presets = usePresets((state) => state.presets);
  const chosen = useTakes((state) => chosenTake(state));
  const textId = useCompareView((state) => state.textId);
  const text = currentText(comparison, textId);
  const letter = letterOf(place);
  const toTune = () => {
    const { voiceId, modelId, settings } = slot;
    useTune.getState().apply({ voiceId, modelId, settings, ...(text ? { text: text.text } : {}) });
    useNavigation.getState().go('tune');
  };
  const away = () => {
    const undo = removeSlot(slot.id);
    tellUndo(`Slot ${letter} removed`, async () => undo());
  };
  return (
    <>
      <Menu width={260} position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`What can be done with ${letter}`}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRefresh {...ICON} />}
            disabled={text === null || text.text.trim() === ''}
            onClick={() => text && void renderSlots({ slots: [slot], texts: [text] }, true)}
          >
            Another take
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy {...ICON} />}
            disabled={comparison.slots.length >= MOST_SLOTS}
            onClick={() => duplicateSlot(slot.id)}
          >
            Duplicate
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setNaming('slot')}>
            Name…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowUp {...ICON} />}
            rightSection={<kbd>Alt ↑</kbd>}
            disabled={place === 0}
            onClick={() => moveSlot(slot.id, place - 1)}
          >
            Move up
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown {...ICON} />}
            rightSection={<kbd>Alt ↓</kbd>}
            disabled={place === comparison.slots.length - 1}
            onClick={() => moveSlot(slot.id, place + 1)}
          >
            Move down
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconBookmark {...ICON} />} onClick={() => setNaming('preset')}>
            Keep as a preset…
          </Menu.Item>
          {presets.length > 0 && (
            <Menu.Sub position="left-start">
              <Menu.Sub.Target>
                <Menu.Sub.Item leftSection={<IconBookmark {...ICON} />}>Use a preset</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown>
                {presets.map((preset) => (
                  <Menu.Item key={preset.id} onClick={() => changeSlot(slot.id, contentOfPreset(preset))}>
                    {preset.name}
                  </Menu.Item>
                ))}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
          )}
          {chosen !== null && (
            <Menu.Item
              leftSection={<IconAdjustments {...ICON} />}
              title={takeTitle(chosen)}
              onClick={() => changeSlot(slot.id, contentOfTake(chosen))}
            >
              Use the take chosen in Tune
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconDownload {...ICON} />}
            disabled={take === null || take.samples === 0}
            onClick={() => take && useExports.getState().open([take.id])}
          >
            Export the take…
          </Menu.Item>
          <Menu.Item leftSection={<IconAdjustments {...ICON} />} onClick={toTune}>
            Go on with it in Tune
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash {...ICON} />} color="red" onClick={away}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        opened={naming !== null}
        title={naming === 'preset' ? `Keep ${letter} as a preset` : `Name of slot ${letter}`}
        label="Name"
        value={slot.name}
        action={naming === 'preset' ? 'Keep' : 'Name'}
        longest={120}
        mayBeEmpty={naming === 'slot'}
        onClose={() => setNaming(null)}
        onName={async (name) => {
          if (naming === 'slot') changeSlot(slot.id, { name });
          else await keepAsPreset(slot, name).then(() => tellDone(`Kept as “${name}”.`));
        }}
      />
    </>
  );
}
