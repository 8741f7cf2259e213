import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type Ref, useId, useRef, useState } from 'react';
import type { ConnectionView, ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { showProvider } from '../../../stores/provider-cards.ts';
import { AddForm } from './add-form.tsx';
import classes from './add-provider.module.css';
import { fieldOf, firstWords, healthFault } from './provider-words.ts';

interface AddProviderProps {
  kinds: readonly ProviderKindAbout[];
  /** None is set up yet: the kinds are shown at once. */
  first: boolean;
  /** Begins to add; it has the focus after a provider was removed. */
  button: Ref<HTMLButtonElement>;
}

/** Sets up a provider: which kind, then what that needs first. */
export function AddProvider({ kinds, first, button }: AddProviderProps) {
  const [choosing, setChoosing] = useState(false);
  const [kind, setKind] = useState<ProviderKindAbout | null>(null);
  const [said, setSaid] = useState('');
  const id = useId();
  const part = useRef<HTMLDivElement>(null);
  const focusFirst = () => requestAnimationFrame(() => part.current?.querySelector('button')?.focus());

  function added(view: ConnectionView): void {
    setKind(null);
    setChoosing(false);
    const { connection, health } = view;
    const fault = healthFault(health);
    setSaid(`${connection.name} is added. ${fault?.message ?? health.note}`);
    showProvider(connection.id, fault && fieldOf(fault));
  }

  return (
    <div ref={part} className={classes.part}>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {kind !== null ? (
        <AddForm
          about={kind}
          onAdded={added}
          onCancel={() => {
            setKind(null);
            focusFirst();
          }}
        />
      ) : first || choosing ? (
        <>
          {first && (
            <p className={classes.words}>
              Timbre speaks by itself, with voices of its own. Add a provider to hear, tune and compare other voices:
              those of an account, or those of a server of your own.
            </p>
          )}
          <ul className={classes.kinds} aria-label="Kinds of providers">
            {kinds.map((about, at) => (
              <li key={about.kind} className={classes.kind}>
                <UnstyledButton
                  ref={at === 0 ? button : undefined}
                  className={classes.choose}
                  aria-describedby={`${id}-${about.kind}`}
                  onClick={() => setKind(about)}
                >
                  Add {about.name}
                </UnstyledButton>
                <span id={`${id}-${about.kind}`} className={classes.about}>
                  {firstWords(about)}
                </span>
              </li>
            ))}
          </ul>
          {!first && (
            <Button
              className={classes.back ?? ''}
              variant="subtle"
              color="gray"
              onClick={() => {
                setChoosing(false);
                focusFirst();
              }}
            >
              Cancel
            </Button>
          )}
        </>
      ) : (
        <Button
          ref={button}
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => {
            setChoosing(true);
            focusFirst();
          }}
        >
          Add a provider
        </Button>
      )}
    </div>
  );
}
