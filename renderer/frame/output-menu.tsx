import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { chooseOutput } from '../stores/output.ts';
import classes from './output-menu.module.css';

/** Where the sound goes, and what is wrong with it. */
export function OutputMenu() {
  const device = usePlayer((state) => state.device);
  const outputs = usePlayer((state) => state.outputs);
  const bad = device.state !== 'ok';
  const name = device.label || 'System output';
  return (
    <Menu position="top-end" width={300} onOpen={() => void player.outputs()}>
      <Menu.Target>
        <Tooltip label={bad ? device.note : `Output: ${name}`}>
          <ActionIcon
            size={34}
            aria-label={bad ? `Output: ${device.note}` : `Output: ${name}`}
            color={bad ? 'red' : 'gray'}
          >
            {bad ? <IconVolumeOff size={18} stroke={1.5} /> : <IconVolume size={18} stroke={1.5} />}
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{bad ? device.note : 'Sound goes to'}</Menu.Label>
        {(outputs.length > 0 ? outputs : [{ id: device.id, label: name }]).map(({ id, label }) => (
          <Menu.Item
            key={id}
            leftSection={
              <span className={classes.sign}>{id === device.id && <IconCheck size={14} stroke={2} aria-hidden />}</span>
            }
            onClick={() => void chooseOutput(id)}
          >
            {label || 'System output'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
