import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconRefresh } from '@tabler/icons-react';
import type { Ref } from 'react';
import type { ConnectionView } from '../../../../shared/schemas/connection.ts';
import { fold } from '../../../stores/provider-cards.ts';
import { useVoices } from '../../../stores/voices.ts';
import classes from './provider-card.module.css';
import { creditsInFull, stateWords } from './provider-words.ts';

interface CardHeadProps {
  view: ConnectionView;
  open: boolean;
  /** What is unfolded. */
  controls: string;
  testing: boolean;
  refreshing: boolean;
  foldButton: Ref<HTMLButtonElement>;
  testButton: Ref<HTMLButtonElement>;
  onTest: () => void;
  onRefresh: () => void;
}

/** The line of a provider that is always seen: lamp, name, how it is, and what can be done with it. */
export function CardHead(props: CardHeadProps) {
  const { view, open, controls, testing, refreshing, foldButton, testButton, onTest, onRefresh } = props;
  const { connection, health } = view;
  const { id, name } = connection;
  const models = useVoices((state) => state.models);
  const words = stateWords(view, models);
  return (
    <div className={classes.head}>
      <UnstyledButton
        ref={foldButton}
        className={classes.fold}
        aria-expanded={open}
        aria-controls={open ? controls : undefined}
        onClick={() => fold(id, !open)}
      >
        <IconChevronRight className={classes.sign} size={14} stroke={1.8} aria-hidden />
        <span className={classes.lamp} data-status={health.status} aria-hidden />
        <span className={classes.name}>{name}</span>
      </UnstyledButton>
      <Tooltip label={health.credits ? creditsInFull(health.credits) : ''} disabled={!health.credits}>
        <span className={classes.state} title={health.credits ? undefined : words.join(' · ')}>
          {words.join(' · ')}
        </span>
      </Tooltip>
      <div className={classes.deeds}>
        <Button
          ref={testButton}
          variant="default"
          aria-label={`Test ${name}`}
          data-disabled={testing || undefined}
          aria-disabled={testing}
          onClick={onTest}
        >
          Test
        </Button>
        <Tooltip label="Look at it again, and read its voices anew">
          <ActionIcon aria-label={`Refresh ${name}`} loading={refreshing} onClick={onRefresh}>
            <IconRefresh size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}
