import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  type IBackoff,
  noJitterGenerator,
} from 'cockatiel';
import { type Fault, type FaultCode, FaultError, toFault } from '../../../shared/errors.ts';
import { HttpFault } from '../http/http-fault.ts';

export interface CircuitOptions {
  /** Who is called, for messages. */
  name: string;
  /** So many failures one after the other open it. */
  failures?: number;
  /** How long it stays open at first, in ms: twice as long each time the trial fails. */
  restMs?: number;
  longestRestMs?: number;
}

const FAILURES = 5;
const REST_MS = 2000;
const LONGEST_REST_MS = 60_000;

const OUTAGE: ReadonlySet<FaultCode> = new Set(['unreachable', 'provider_fault']);

/** Whether a failure says that the server does not work: not the request's fault, nor a limit of the account. */
export function isOutage(thrown: unknown): boolean {
  const { code } = toFault(thrown);
  if (OUTAGE.has(code)) return true;
  // Too many at once is a refusal by one who is there; no answer in time is none.
  return code === 'busy' && (!(thrown instanceof HttpFault) || thrown.status >= 500);
}

/** Nothing was asked: the server failed too often. */
export class OpenCircuit extends FaultError {}

/**
 * Stops asking a server that does not work, and tries it again after a while: one success, and all is as before. It has
 * no timer: time is looked at when somebody asks.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  #policy: CircuitBreakerPolicy;
  #last: Fault | null = null;
  /** When it is tried again, as `Date.now()`. */
  #until = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#policy = this.#closed();
  }

  /** Nobody is let through now. */
  get open(): boolean {
    return this.#policy.state === CircuitState.Open && Date.now() < this.#until;
  }

  /** @throws OpenCircuit with the last failure's code, where it is open */
  check(): void {
    if (this.open) throw this.#refusal();
  }

  /**
   * Runs an attempt. While the one trial of a server that had failed goes on, others wait for what becomes of it.
   *
   * @throws OpenCircuit with the last failure's code where it is open, else what the attempt throws
   */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(async () => {
        try {
          return await attempt();
        } catch (thrown) {
          if (isOutage(thrown)) this.#last = toFault(thrown);
          throw thrown;
        }
      });
    } catch (thrown) {
      throw thrown instanceof BrokenCircuitError ? this.#refusal() : thrown;
    }
  }

  /**
   * It was reached by somebody who asked for something else. Where it could be reached before and failed all the same,
   * that says nothing.
   */
  reached(): void {
    if (this.#policy.state === CircuitState.Closed || this.#last?.code !== 'unreachable') return;
    this.#policy = this.#closed();
  }

  #closed(): CircuitBreakerPolicy {
    const { failures = FAILURES, restMs = REST_MS, longestRestMs = LONGEST_REST_MS } = this.#options;
    const rests = new ExponentialBackoff({
      generator: noJitterGenerator,
      initialDelay: restMs,
      maxDelay: longestRestMs,
    });
    const policy: CircuitBreakerPolicy = circuitBreaker(
      // A trial that nobody waited for has shown nothing: cockatiel would take it for a success.
      handleWhen(
        (thrown) =>
          isOutage(thrown) || (policy.state === CircuitState.HalfOpen && toFault(thrown).code === 'cancelled'),
      ),
      {
        breaker: new ConsecutiveBreaker(failures),
        halfOpenAfter: new DelegateBackoff<unknown, IBackoff<unknown>>((_, last) => {
          const rest: IBackoff<unknown> = last ? last.next(undefined) : rests.next();
          this.#until = Date.now() + rest.duration;
          return { delay: rest.duration, state: rest };
        }),
      },
    );
    return policy;
  }

  #refusal(): OpenCircuit {
    const { name } = this.#options;
    const seconds = Math.max(1, Math.ceil((this.#until - Date.now()) / 1000));
    const { code = 'unreachable', message = '', said } = this.#last ?? {};
    return new OpenCircuit({
      code,
      message: `${name} has failed several times in a row and is left alone for ${seconds} s. ${message}`.trim(),
      kept: 'Your text and takes are kept.',
      todo: `Try again in ${seconds} s, or use another voice.`,
      ...(said === undefined ? {} : { said }),
    });
  }
}
