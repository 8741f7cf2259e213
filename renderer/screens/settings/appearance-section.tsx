import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { runCommand } from '../../stores/commands.ts';
import { Section } from './section.tsx';

/** Theme and keys. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Section title="Appearance">
        <SegmentedControl
          aria-label="Theme"
          w={280}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' ? 'light' : value === 'auto' ? 'auto' : 'dark')}
          data={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'auto', label: 'System' },
          ]}
        />
      </Section>
      <Section title="Keys" about="Everything can be done by keyboard, and every key can be changed.">
        <Button variant="default" w="fit-content" onClick={() => runCommand('shortcuts')}>
          Shortcuts…
        </Button>
      </Section>
    </>
  );
}
