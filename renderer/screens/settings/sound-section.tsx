import { Select } from '@mantine/core';
import { useEffect } from 'react';
import { usePlayer } from '../../player/player-store.ts';
import { player } from '../../player/studio-player.ts';
import { chooseOutput } from '../../stores/output.ts';
import { tellFault } from '../takes/notices.tsx';
import { Section } from './section.tsx';
import classes from './settings-screen.module.css';

/** Where the sound goes. */
export function SoundSection() {
  const outputs = usePlayer((state) => state.outputs);
  const device = usePlayer((state) => state.device);
  useEffect(() => {
    void player.outputs();
  }, []);
  // Mantine takes '' for nothing chosen, and '' is the player's name for the system's own choice.
  const data = outputs.map(({ id, label }) => ({ value: id || 'system', label: label || 'System default' }));
  return (
    <Section title="Sound">
      <Select
        label="Output"
        data={data.length > 0 ? data : [{ value: 'system', label: 'System default' }]}
        value={device.id || 'system'}
        allowDeselect={false}
        maw={360}
        onChange={(id) => {
          chooseOutput(id === 'system' || id === null ? '' : id).catch((thrown: unknown) =>
            tellFault(thrown, 'The output was not changed'),
          );
        }}
      />
      {device.note && <p className={classes.warn}>{device.note}</p>}
    </Section>
  );
}
