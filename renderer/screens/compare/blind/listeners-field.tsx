import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { newListener, type PlannedListener } from '../../../stores/listening/setup.ts';
import classes from './setup-page.module.css';
import type { FieldProps } from './setup-page.tsx';

const WHERE = [
  { value: 'here', label: 'On this machine' },
  { value: 'away', label: 'Elsewhere, by a file' },
];

/** Who listens, and where. */
export function ListenersField({ draft, onChange }: FieldProps) {
  const { listeners } = draft;
  const change = (id: string, part: Partial<PlannedListener>) =>
    onChange({ listeners: listeners.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  const add = () => onChange({ listeners: [...listeners, newListener()] });
  return (
    <>
      {listeners.map(({ id, name, away }, index) => (
        <div key={id} className={classes.listener}>
          <TextInput
            aria-label={`Name of listener ${index + 1}`}
            placeholder={`Listener ${index + 1}`}
            w={200}
            maxLength={120}
            value={name}
            autoFocus={index > 0 && index === listeners.length - 1}
            onChange={(event) => change(id, { name: event.currentTarget.value })}
            onKeyDown={(event) => event.key === 'Enter' && add()}
          />
          <SegmentedControl
            aria-label={`Where listener ${index + 1} listens`}
            value={away ? 'away' : 'here'}
            data={WHERE}
            onChange={(value) => change(id, { away: value === 'away' })}
          />
          <ActionIcon
            aria-label={`Remove listener ${index + 1}`}
            disabled={listeners.length === 1}
            onClick={() => onChange({ listeners: listeners.filter((one) => one.id !== id) })}
          >
            <IconX size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" color="gray" leftSection={<IconPlus size={15} stroke={1.6} />} onClick={add}>
        Another listener
      </Button>
    </>
  );
}
