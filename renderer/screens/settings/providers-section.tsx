import { useSession } from '../../stores/session.ts';
import { Section } from './section.tsx';
import classes from './settings-screen.module.css';

const STATUS = { ready: 'Ready', loading: 'Loading', idle: 'Ready', failed: 'Failed' } as const;

/** How each provider of voices is. */
export function ProvidersSection() {
  const providers = useSession((state) => state.status?.providers);
  return (
    <Section title="Voices" about="Who speaks, and how they are.">
      <ul className={classes.providers}>
        {(providers ?? []).map(({ id, name, status, latencyMs, note }) => (
          <li key={id} className={classes.provider}>
            <span className={classes.health} data-status={status} aria-hidden="true" />
            <span className={classes.providerName}>{name}</span>
            <span className={classes.dim}>
              {STATUS[status]}
              {latencyMs !== null && `, ${Math.round(latencyMs).toLocaleString()} ms`}
            </span>
            {note && <span className={classes.note}>{note}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
