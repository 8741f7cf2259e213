import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import type { ListeningMethod } from '../../../../shared/schemas/listening.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import { closeRoom } from '../../../stores/listening/room.ts';
import { METHODS } from '../../../stores/listening/setup.ts';
import room from './blind-room.module.css';

interface RoomPageProps {
  /** The test; null while it is not here yet. */
  test: { name: string; method: ListeningMethod } | null;
  /** What went wrong on the way. */
  fault: Fault | null;
  /** What can be done with it, beside closing. */
  deeds?: ReactNode;
  children: ReactNode;
}

/** The head and body of a page about one test. */
export function RoomPage({ test, fault, deeds, children }: RoomPageProps) {
  return (
    <>
      <header className={room.head}>
        <h1>{test?.name ?? 'Listening test'}</h1>
        {test && <span className={room.dim}>{METHODS[test.method].name}</span>}
        <span className={room.space} />
        {deeds}
        <Button variant="subtle" color="gray" onClick={closeRoom}>
          Close
        </Button>
      </header>
      <main className={room.body}>
        <div className={room.column}>
          {fault && <FaultNotice fault={fault} />}
          {children}
        </div>
      </main>
    </>
  );
}
