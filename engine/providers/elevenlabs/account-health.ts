import { type FaultCode, toFault } from '../../../shared/errors.ts';
import type { ProviderHealth } from '../../../shared/schemas/voice.ts';
import { HttpFault } from '../http/http-fault.ts';
import type { Subscription } from './answers.ts';

type Credits = NonNullable<ProviderHealth['credits']>;
type About = Pick<ProviderHealth, 'id' | 'kind' | 'name'>;
type State = Omit<ProviderHealth, keyof About>;

/** With these nothing works, whatever is asked. */
const BROKEN: ReadonlySet<FaultCode> = new Set(['unauthorised', 'unreachable', 'provider_fault']);

/** It is there, and has no time: whether it works is not known yet. */
const NOT_NOW: ReadonlySet<FaultCode> = new Set(['busy', 'rate_limited']);
/** Refused is one voice or model; the account is well. */
const ONE_OF_MANY = new Set(['voice_access_denied', 'model_access_denied']);

/** How the account is, told whenever that changes. */
export class AccountHealth {
  readonly #about: About;
  readonly #tell: (health: ProviderHealth) => void;
  #state: State = { status: 'idle', latencyMs: null, note: 'It was not asked yet.' };

  constructor(about: About, tell: (health: ProviderHealth) => void) {
    this.#about = about;
    this.#tell = tell;
  }

  now(): ProviderHealth {
    return { ...this.#about, ...this.#state };
  }

  /**
   * It answered.
   *
   * @param latencyMs how long that took; null where it was not measured
   * @param note in words; what was said before where it is left out
   */
  ready(latencyMs: number | null, note = this.#state.note): ProviderHealth {
    const { credits } = this.#state;
    return this.#set({
      status: 'ready',
      latencyMs: latencyMs ?? this.#state.latencyMs,
      note,
      ...(credits ? { credits } : {}),
    });
  }

  /** It spoke. */
  well(): void {
    if (this.#state.status !== 'ready') this.ready(null, 'It speaks.');
  }

  /** Something that was asked of it failed. What is the request's own fault says nothing of the account. */
  failed(thrown: unknown): ProviderHealth {
    const fault = toFault(thrown);
    const one = thrown instanceof HttpFault && ONE_OF_MANY.has(thrown.serverCode ?? '');
    const { credits, status } = this.#state;
    if (status === 'idle' && NOT_NOW.has(fault.code)) {
      return this.#set({ status: 'loading', latencyMs: null, note: fault.message });
    }
    if (one || !BROKEN.has(fault.code)) return this.now();
    return this.#set({
      status: 'failed',
      latencyMs: null,
      note: fault.message,
      fault,
      ...(credits ? { credits } : {}),
    });
  }

  /**
   * What is left, as the account says.
   *
   * @param lagging whether texts were spoken just before: the account counts them only minutes later, so that it is not
   *   believed where it has more than is known here
   */
  told({ character_count, character_limit, next_character_count_reset_unix }: Subscription, lagging: boolean): void {
    if (character_count === null || character_limit === null) return;
    const before = this.#state.credits;
    const credits: Credits = {
      left: Math.max(0, character_limit - character_count),
      limit: character_limit,
      resetsAt: next_character_count_reset_unix === null ? null : next_character_count_reset_unix * 1000,
    };
    const same = before?.limit === credits.limit && before.resetsAt === credits.resetsAt;
    if (lagging && before && same) credits.left = Math.min(before.left, credits.left);
    this.#set({ ...this.#state, credits });
  }

  /** So many credits were billed. */
  spent(amount: number): void {
    const { credits } = this.#state;
    if (credits) this.#set({ ...this.#state, credits: { ...credits, left: Math.max(0, credits.left - amount) } });
  }

  #set(next: State): ProviderHealth {
    const before = JSON.stringify(this.#state);
    this.#state = next;
    if (JSON.stringify(next) !== before) this.#tell(this.now());
    return this.now();
  }
}
