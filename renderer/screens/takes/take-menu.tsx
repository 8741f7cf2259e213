import { Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconDownload,
  IconInfoCircle,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
  IconWaveSine,
} from '@tabler/icons-react';
import type { Take } from '../../../shared/schemas/take.ts';
import { useExports } from '../../stores/exports.ts';
import { useTakes } from '../../stores/takes.ts';
import { tellFault } from './notices.tsx';
import { removeWithUndo } from './take-deeds.tsx';
import { anotherTake, applySettingsOf, playTake } from './take-links.ts';

export interface MenuPlace {
  take: Take;
  /** CSS pixels in the window. */
  x: number;
  y: number;
}

interface TakeMenuProps {
  place: MenuPlace | null;
  onClose: () => void;
  onRename: (take: Take) => void;
  onDetails: (take: Take) => void;
}

const ICON = { size: 15, stroke: 1.6 };

/** The room of comparisons is loaded when it is entered. */
function compare(ids: string[]): void {
  import('../compare/begin.ts')
    .then(({ compareTakes }) => compareTakes(ids))
    .catch((thrown) => tellFault(thrown, 'The takes were not put side by side'));
}

/** What can be done with a take, where the pointer is. One menu for the whole list. */
export function TakeMenu({ place, onClose, onRename, onDetails }: TakeMenuProps) {
  const selected = useTakes((state) => state.selection.selected);
  if (place === null) return null;
  const { take, x, y } = place;
  const ids = selected.has(take.id) ? [...selected] : [take.id];
  const many = ids.length > 1 ? ` ${ids.length.toLocaleString()} takes` : '';
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={230}
      trapFocus
      returnFocus
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: x, top: y, width: 0, height: 0 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerPlay {...ICON} />}
          rightSection="Enter"
          disabled={take.state === 'failed'}
          onClick={() => playTake(take)}
        >
          Play
        </Menu.Item>
        <Menu.Item leftSection={<IconAdjustments {...ICON} />} onClick={() => applySettingsOf(take)}>
          Use these settings
        </Menu.Item>
        <Menu.Item
          leftSection={<IconRefresh {...ICON} />}
          disabled={take.source === 'imported'}
          onClick={() => anotherTake(take)}
        >
          Another take
        </Menu.Item>
        <Menu.Item leftSection={<IconWaveSine {...ICON} />} onClick={() => compare(ids)}>
          Compare{many}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPencil {...ICON} />} rightSection="F2" onClick={() => onRename(take)}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconInfoCircle {...ICON} />} onClick={() => onDetails(take)}>
          Details
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload {...ICON} />} onClick={() => useExports.getState().open(ids)}>
          Export{many}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash {...ICON} />}
          rightSection="Del"
          onClick={() => void removeWithUndo(ids)}
        >
          Delete{many}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
