import '@mantine/spotlight/styles.layer.css';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Chord } from '../elements/chord.tsx';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, hasCommand, runCommand } from '../stores/commands.ts';
import { deskOf, usePresets } from '../stores/presets.ts';
import { chordsOf, useShortcuts } from '../stores/shortcuts.ts';
import { useTune } from '../stores/tune.ts';
import { useVoices } from '../stores/voices.ts';
import classes from './palette.module.css';

/** Entries shown at once. */
const LIMIT = 40;

/** All commands, presets and voices, found by a few letters. */
export function Palette() {
  const { overrides } = useShortcuts();
  const presets = usePresets((state) => state.presets);
  const voices = useVoices((state) => state.voices);
  const { apply, setVoice } = useTune.getState();
  const commands = COMMAND_GROUPS.map((group) => ({
    group,
    actions: COMMAND_IDS.filter((id) => COMMANDS[id].group === group && id !== 'palette' && hasCommand(id)).map(
      (id) => {
        const [chord] = chordsOf({ overrides }, id);
        return {
          id,
          label: COMMANDS[id].label,
          rightSection: chord && <Chord chord={chord} />,
          onClick: () => void runCommand(id),
        };
      },
    ),
  }));
  const named = [
    {
      group: 'Presets',
      actions: presets.map((preset) => ({
        id: `preset-${preset.id}`,
        label: preset.name,
        onClick: () => apply(deskOf(preset)),
      })),
    },
    {
      group: 'Voices',
      actions: voices.map(({ id, name, description }) => ({
        id: `voice-${id}`,
        label: name,
        description,
        onClick: () => setVoice(id),
      })),
    },
  ];
  return (
    <Spotlight
      actions={[...commands, ...named].filter(({ actions }) => actions.length > 0)}
      shortcut={null}
      limit={LIMIT}
      scrollable
      attributes={{ content: { 'aria-label': 'All commands' } }}
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      classNames={{ search: classes.search ?? '', action: classes.action ?? '' }}
      maxHeight={420}
      centered={false}
      nothingFound="Nothing is called like this."
      searchProps={{
        leftSection: <IconSearch size={17} stroke={1.5} />,
        placeholder: 'A command, a preset or a voice',
        'aria-label': 'A command, a preset or a voice',
      }}
    />
  );
}

export { spotlight } from '@mantine/spotlight';
