import { useEffect, useRef } from 'react';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { useConnections } from '../../stores/connections.ts';
import { useSession } from '../../stores/session.ts';
import { AddProvider } from './providers/add-provider.tsx';
import { BuiltinRow } from './providers/builtin-row.tsx';
import { ProviderCard } from './providers/provider-card.tsx';
import classes from './providers-section.module.css';
import { Section } from './section.tsx';

/** Who speaks: the studio itself, and the providers that were set up. */
export function ProvidersSection() {
  const { view, fault } = useConnections();
  const providers = useSession((state) => state.status?.providers);
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => void useConnections.getState().load(), []);
  const setUp = new Set(view?.connections.map(({ connection }) => connection.id));
  const own = (providers ?? []).filter(({ id, kind }) => kind === 'builtin' && !setUp.has(id));
  return (
    <Section title="Providers" about="Who speaks: what they need, and how they are.">
      {fault && <FaultNotice fault={fault} />}
      <div>
        <ul className={classes.providers} aria-label="Providers">
          {own.map((health) => (
            <BuiltinRow key={health.id} health={health} />
          ))}
          {view?.connections.map((one) => (
            <ProviderCard
              key={one.connection.id}
              view={one}
              about={view.kinds.find(({ kind }) => kind === one.connection.kind)}
              place={view.keys}
              onRemoved={() => requestAnimationFrame(() => add.current?.focus())}
            />
          ))}
        </ul>
        {view && <AddProvider kinds={view.kinds} first={view.connections.length === 0} button={add} />}
      </div>
    </Section>
  );
}
