import type { Fault, FaultCode } from '../../../shared/errors.ts';
import type { ProviderHealth } from '../../../shared/schemas/voice.ts';

type State = Pick<ProviderHealth, 'status' | 'latencyMs' | 'note' | 'fault'>;

/** Failures that say something about the text or the listener, and nothing about the server. */
const NOT_ITS_FAULT: ReadonlySet<FaultCode> = new Set([
  'cancelled',
  'invalid',
  'bad_request',
  'unknown_voice',
  'unknown_model',
  'text_too_long',
]);
/** It is there, and has no time: that is not the same as not being there. */
const AT_WORK: ReadonlySet<FaultCode> = new Set(['busy', 'rate_limited']);

/** How a provider is, told whenever that changes. */
export class HealthKeeper {
  readonly #about: Pick<ProviderHealth, 'id' | 'kind' | 'name'>;
  readonly #tell: (health: ProviderHealth) => void;
  #state: State = { status: 'idle', latencyMs: null, note: 'It was not asked yet.' };

  constructor(about: Pick<ProviderHealth, 'id' | 'kind' | 'name'>, tell: (health: ProviderHealth) => void) {
    this.#about = about;
    this.#tell = tell;
  }

  now(): ProviderHealth {
    return { ...this.#about, ...this.#state };
  }

  /** It was asked, and is so. */
  report(next: State): ProviderHealth {
    const { status, latencyMs, note } = this.#state;
    this.#state = next;
    if (status !== next.status || latencyMs !== next.latencyMs || note !== next.note) this.#tell(this.now());
    return this.now();
  }

  /** It spoke. @param note in words */
  well(note: string): void {
    this.report({ status: 'ready', latencyMs: this.#state.latencyMs, note });
  }

  /** Something that was asked of it failed. */
  failed(fault: Fault): ProviderHealth {
    const { code, message } = fault;
    if (NOT_ITS_FAULT.has(code)) return this.now();
    if (!AT_WORK.has(code)) return this.report({ status: 'failed', latencyMs: null, note: message, fault });
    const { status, latencyMs } = this.#state;
    return this.report({ status: status === 'ready' ? 'ready' : 'loading', latencyMs, note: message });
  }
}
