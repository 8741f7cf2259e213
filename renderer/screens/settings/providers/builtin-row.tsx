import { useEffect, useRef } from 'react';
import type { ProviderHealth } from '../../../../shared/schemas/voice.ts';
import { arrived, useProviderCards } from '../../../stores/provider-cards.ts';
import classes from './provider-card.module.css';
import { millisecondWords, STATUS_WORDS } from './provider-words.ts';

/** A provider that is part of Timbre: there is nothing to set up. */
export function BuiltinRow({ health }: { health: ProviderHealth }) {
  const { id, name, status, latencyMs, note } = health;
  const row = useRef<HTMLLIElement>(null);
  const wanted = useProviderCards((state) => state.wanted?.id === id);
  useEffect(() => {
    if (!wanted) return;
    row.current?.focus({ preventScroll: true });
    row.current?.scrollIntoView({ block: 'start' });
    arrived();
  }, [wanted]);
  const word = STATUS_WORDS[status];
  return (
    <li ref={row} className={classes.card} tabIndex={-1}>
      <div className={classes.head}>
        <span className={classes.own}>
          <span className={classes.lamp} data-status={status} aria-hidden />
          <span className={classes.name}>{name}</span>
        </span>
        <span className={classes.state}>
          {word.charAt(0).toUpperCase() + word.slice(1)}
          {latencyMs !== null && status !== 'failed' && ` · ${millisecondWords(latencyMs)}`}
        </span>
      </div>
      {note && <p className={classes.note}>{note}</p>}
    </li>
  );
}
