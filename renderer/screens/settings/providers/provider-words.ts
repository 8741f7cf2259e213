import type { Fault } from '../../../../shared/errors.ts';
import type {
  ConnectionView,
  KeyState,
  ProviderKindAbout,
  ServerState,
  TestStep,
} from '../../../../shared/schemas/connection.ts';
import type { Model, ProviderHealth } from '../../../../shared/schemas/voice.ts';
import type { ProviderField } from '../../../stores/provider-cards.ts';

/** How a provider is, in a word. */
export const STATUS_WORDS = {
  ready: 'ready',
  idle: 'ready',
  loading: 'loading',
  failed: 'not working',
} as const satisfies Record<ProviderHealth['status'], string>;

/** A whole number in groups of three, which narrow spaces part: “41 200”. */
export function figure(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', '\u202f');
}

/** “84 ms”, and from ten seconds on “14.6 s”. */
export function millisecondWords(ms: number): string {
  return ms < 9999.5 ? `${figure(ms)}\u00a0ms` : `${(ms / 1000).toFixed(1)}\u00a0s`;
}

/** “41 200 credits left”. */
export function creditWords({ left }: NonNullable<ProviderHealth['credits']>): string {
  return `${figure(left)} ${Math.round(left) === 1 ? 'credit' : 'credits'} left`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** What is known of credits beyond how many are left: “of 100 000; they are renewed on 1 November”. */
export function creditsInFull(credits: NonNullable<ProviderHealth['credits']>): string {
  const renewed = credits.resetsAt === null ? '' : `; they are renewed on ${DAY.format(credits.resetsAt)}`;
  return `${creditWords(credits)} of ${figure(credits.limit)}${renewed}.`;
}

/** One line on how a provider is: status, answer time, credits, model. */
export function stateWords({ connection, health, modelSwitch }: ConnectionView, models: readonly Model[]): string[] {
  const status = STATUS_WORDS[health.status];
  const words = [`${status.charAt(0).toUpperCase()}${status.slice(1)}`];
  if (health.status !== 'failed' && health.latencyMs !== null) words.push(millisecondWords(health.latencyMs));
  if (health.credits) words.push(creditWords(health.credits));
  const model = connection.defaultModel ?? modelSwitch?.current ?? null;
  if (model !== null) {
    const known = models.find(({ id, provider }) => id === model && provider === connection.id);
    words.push(known?.name ?? modelSwitch?.choices.find(({ id }) => id === model)?.name ?? model);
  }
  return words;
}

/** Where a key lies, in words. @param variable that decides it, where the environment does */
export function keyPlaceWords({ where }: KeyState, variable: string | undefined): string {
  if (where === 'environment') return `Set by ${variable ?? 'a variable'} in the environment.`;
  if (where === 'keychain') return 'In the keychain of this computer.';
  if (where === 'file') return 'In a file that only you can read.';
  if (where === 'sealed') return 'Only in the desktop app’s keychain, which cannot be opened from here.';
  return '';
}

const SERVER_STATES = {
  free: 'Free',
  busy: 'At work',
  'left out': 'Left out for a while after failures',
  unknown: 'Not asked yet',
} as const satisfies Record<ServerState['state'], string>;

/** What a server turned out to be, and how it stands: “devnen · Free · model loaded”. */
export function serverWords({ title, state, note }: ServerState): string {
  return [title, SERVER_STATES[state], note].filter(Boolean).join(' · ');
}

/** The steps of a test, in their order. */
export const TEST_STEPS = [
  { step: 'probe', title: 'Look for it' },
  { step: 'voices', title: 'Read its voices' },
  { step: 'speak', title: 'Speak a short sentence' },
] as const satisfies readonly { step: TestStep['step']; title: string }[];

/** The field of a provider that a fault is about; null where it is about none. */
export function fieldOf(fault: Fault): ProviderField | null {
  const named = ['addresses', 'key', 'defaultVoice', 'defaultModel'] as const;
  const field = named.find((name) => name === fault.param);
  if (field) return field;
  if (fault.code === 'unauthorised') return 'key';
  if (fault.code === 'unreachable') return 'addresses';
  if (fault.code === 'unknown_voice') return 'defaultVoice';
  if (fault.code === 'unknown_model') return 'defaultModel';
  return null;
}

/** What leads to a field, on a button. */
export const FIELD_DEEDS = {
  addresses: 'Change the address',
  key: 'Enter the key',
  defaultVoice: 'Choose a voice',
  defaultModel: 'Choose a model',
} as const satisfies Record<ProviderField, string>;

/** What is wrong with a provider that does not work; null where it works. */
export function healthFault({ status, note, fault }: ProviderHealth): Fault | null {
  if (status !== 'failed') return null;
  return fault ?? { code: 'provider_fault', message: note || 'It does not work.' };
}

/** The variable that sets a provider up, so that it cannot be removed here; null where none does. */
export function setUpBy(
  { environment, connection }: ConnectionView,
  about: ProviderKindAbout | undefined,
): string | null {
  if (!about || connection.id !== about.kind) return null;
  return environment[about.address.needed ? 'addresses' : 'key'] ?? null;
}

/** What a kind of provider is: the first sentence of what is told of it. */
export function firstWords({ about }: Pick<ProviderKindAbout, 'about'>): string {
  return about.split(/(?<=[.?])\s+/u)[0] ?? '';
}

/** What else is told of it. */
export function furtherWords({ about }: Pick<ProviderKindAbout, 'about'>): string {
  return about
    .split(/(?<=[.?])\s+/u)
    .slice(1)
    .join(' ');
}
