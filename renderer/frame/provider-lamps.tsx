import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ProviderHealth } from '../../shared/schemas/voice.ts';
import {
  creditsInFull,
  creditWords,
  millisecondWords,
  STATUS_WORDS,
} from '../screens/settings/providers/provider-words.ts';
import { showProvider } from '../stores/provider-cards.ts';
import { useSession } from '../stores/session.ts';
import classes from './provider-lamps.module.css';

/** How each provider is: a lamp, a word, a figure. Each leads to its settings. */
export function ProviderLamps() {
  const providers = useSession((state) => state.status?.providers);
  const fault = useSession((state) => state.fault);
  const connected = useSession((state) => state.connected);
  const cut = fault !== null || (providers !== undefined && !connected);
  return (
    <div className={classes.lamps} role="status" aria-label="Providers">
      {cut ? (
        <Tooltip label={fault?.todo ?? 'It is tried again every few seconds. Takes already made are kept.'}>
          <span className={classes.lamp} data-state="failed">
            {fault?.message ?? 'The engine does not answer'}
          </span>
        </Tooltip>
      ) : (
        providers?.map((health) => <Lamp key={health.id} health={health} />)
      )}
    </div>
  );
}

function Lamp({ health }: { health: ProviderHealth }) {
  const { id, name, status, note, credits } = health;
  const why = [note, credits && creditsInFull(credits)].filter(Boolean).join(' ');
  return (
    <Tooltip label={why || name}>
      <UnstyledButton className={classes.lamp} data-state={status} onClick={() => showProvider(id)}>
        <span className={classes.name}>{name}</span> <Figure {...health} />
      </UnstyledButton>
    </Tooltip>
  );
}

/** Credits where they are told, else the answer time; the word alone where it does not work. */
function Figure({ status, latencyMs, credits }: ProviderHealth) {
  const works = status === 'ready' || status === 'idle';
  const figure = credits ? creditWords(credits) : latencyMs === null ? null : millisecondWords(latencyMs);
  if (!works || figure === null) return <span className={classes.word}>{STATUS_WORDS[status]}</span>;
  return (
    <>
      <span className={classes.word} data-beside="figure">
        {STATUS_WORDS[status]}
      </span>{' '}
      <span className={classes.figure}>{figure}</span>
    </>
  );
}
