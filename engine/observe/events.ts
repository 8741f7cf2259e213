import type { StudioEvent } from '../../shared/schemas/events.ts';

/** Tells everybody who listens what happens in the engine. */
export interface EventHub {
  publish(event: StudioEvent): void;
  /** @returns ends the subscription */
  subscribe(listener: (event: StudioEvent) => void): () => void;
  /** Listeners now, for tests that count. */
  readonly listeners: number;
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: StudioEvent) => void>();
  return {
    publish(event) {
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get listeners() {
      return listeners.size;
    },
  };
}
