import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import type { FallbackRule } from '../../../../shared/schemas/connection.ts';
import type { Voice } from '../../../../shared/schemas/voice.ts';
import { focusNeighbour } from '../../../elements/focus-neighbour.ts';
import { Disclosure } from './disclosure.tsx';
import classes from './fallback-exceptions.module.css';
import { NOBODY, NOBODY_CHOICE, refOf } from './fallback-rule.ts';
import { VoiceSelect } from './voice-select.tsx';

interface FallbackExceptionsProps {
  rule: FallbackRule;
  own: readonly Voice[];
  others: readonly Voice[];
  onSave: (rule: FallbackRule) => Promise<unknown>;
}

/** Single voices in whose place somebody else speaks, or nobody. */
export function FallbackExceptions({ rule, own, others, onSave }: FallbackExceptionsProps) {
  const part = useRef<HTMLDivElement>(null);
  const entries = Object.entries(rule.voices);
  const nameOf = (id: string) => own.find((voice) => voice.id === id)?.name ?? id;
  const free = own.filter(({ id }) => !(id in rule.voices));

  async function add(id: string): Promise<void> {
    await onSave({ ...rule, voices: { ...rule.voices, [id]: null } });
    requestAnimationFrame(() =>
      [...(part.current?.querySelectorAll<HTMLElement>(':scope li input:not([type="hidden"])') ?? [])].at(-1)?.focus(),
    );
  }

  function remove(id: string, from: Element): void {
    const { [id]: _, ...voices } = rule.voices;
    if (entries.length > 1) focusNeighbour(from);
    void onSave({ ...rule, voices });
    if (entries.length > 1) return;
    requestAnimationFrame(() => part.current?.querySelector<HTMLElement>('input[data-add]')?.focus());
  }

  return (
    <Disclosure title="Exceptions for single voices" summary={entries.length === 0 ? 'none' : String(entries.length)}>
      <div ref={part} className={classes.part}>
        {entries.length > 0 && (
          <ul className={classes.list} aria-label="Exceptions for single voices">
            {entries.map(([id, ref]) => (
              <li key={id} className={classes.row}>
                <span className={classes.name} title={nameOf(id)}>
                  {nameOf(id)}
                </span>
                <VoiceSelect
                  aria-label={`Speaks in place of ${nameOf(id)}`}
                  grouped
                  voices={others}
                  others={NOBODY_CHOICE}
                  value={ref?.voiceId ?? NOBODY}
                  lostName={ref?.voiceName ?? ''}
                  onChoose={(chosen) =>
                    void onSave({ ...rule, voices: { ...rule.voices, [id]: refOf(chosen, others) } })
                  }
                />
                <ActionIcon
                  aria-label={`Remove the exception for ${nameOf(id)}`}
                  onClick={(event) => remove(id, event.currentTarget)}
                >
                  <IconX size={14} stroke={1.6} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <VoiceSelect
          // Empty again after each choice.
          key={entries.length}
          adding
          aria-label="Add an exception for a voice"
          placeholder={own.length === 0 ? 'Its voices are not known yet' : 'Add an exception for a voice'}
          disabled={free.length === 0}
          voices={free}
          value={null}
          onChoose={(id) => void add(id)}
        />
      </div>
    </Disclosure>
  );
}
