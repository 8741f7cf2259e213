import { Tooltip } from '@mantine/core';
import type { ProviderHealth } from '../../shared/schemas/voice.ts';
import { useSession } from '../stores/session.ts';
import classes from './provider-lamps.module.css';

const WORDS = {
  ready: 'ready',
  idle: 'ready',
  loading: 'loading',
  failed: 'not working',
} as const satisfies Record<ProviderHealth['status'], string>;

/** How each provider is: a lamp and a word. */
export function ProviderLamps() {
  const providers = useSession((state) => state.status?.providers);
  const fault = useSession((state) => state.fault);
  const connected = useSession((state) => state.connected);
  const cut = fault !== null || (providers !== undefined && !connected);
  return (
    <div className={classes.lamps} role="status">
      {cut ? (
        <Lamp state="failed" why={fault?.todo ?? 'It is tried again every few seconds. Takes already made are kept.'}>
          {fault?.message ?? 'The engine does not answer'}
        </Lamp>
      ) : (
        providers?.map(({ id, name, status, latencyMs, note }) => (
          <Lamp key={id} state={status} why={note}>
            {name} {WORDS[status]}
            {status === 'ready' && latencyMs !== null && (
              <span className={classes.figure}> {Math.round(latencyMs)} ms</span>
            )}
          </Lamp>
        ))
      )}
    </div>
  );
}

function Lamp({ state, why, children }: { state: ProviderHealth['status']; why: string; children: React.ReactNode }) {
  return (
    <Tooltip label={why} disabled={why === ''}>
      <span className={classes.lamp} data-state={state}>
        {children}
      </span>
    </Tooltip>
  );
}
