import { expect, it } from 'vitest';
import { fault } from '../../../shared/errors.ts';
import type { ProviderHealth } from '../../../shared/schemas/voice.ts';
import { HttpFault } from '../http/http-fault.ts';
import { AccountHealth } from './account-health.ts';
import { Subscription } from './answers.ts';

function watched() {
  const told: ProviderHealth[] = [];
  const health = new AccountHealth({ id: 'elevenlabs', kind: 'elevenlabs', name: 'ElevenLabs' }, (one) =>
    told.push(one),
  );
  return { health, told };
}
const subscription = (used: number, limit: number, reset: number | null = 1000) =>
  Subscription.parse({ character_count: used, character_limit: limit, next_character_count_reset_unix: reset });

it('tells each change once', () => {
  const { health, told } = watched();
  health.ready(12, 'Well.');
  health.ready(12, 'Well.');
  health.well();
  expect(told).toMatchObject([{ status: 'ready', latencyMs: 12, note: 'Well.' }]);
});

it('keeps what is left while it fails, and forgets the fault when it is well', () => {
  const { health } = watched();
  health.told(subscription(100, 1000), false);
  expect(health.failed(fault('unreachable', 'Away.'))).toMatchObject({
    status: 'failed',
    note: 'Away.',
    fault: { code: 'unreachable' },
    credits: { left: 900, limit: 1000, resetsAt: 1_000_000 },
  });
  health.well();
  expect(health.now()).toMatchObject({ status: 'ready', credits: { left: 900 } });
  expect(health.now()).not.toHaveProperty('fault');
});

it.each(['bad_request', 'unknown_voice', 'text_too_long', 'no_credit', 'cancelled', 'busy', 'cut_short'] as const)(
  'is as well as before after %s',
  (code) => {
    const { health } = watched();
    health.ready(1, 'Well.');
    expect(health.failed(fault(code, ''))).toMatchObject({ status: 'ready' });
  },
);

it('tells no day and no credits that are none', () => {
  const { health } = watched();
  health.told(subscription(1, 10, 1e300), false);
  expect(health.now().credits).toEqual({ left: 9, limit: 10, resetsAt: null });
  health.told(subscription(-1e308, 1e308), false);
  expect(health.now().credits).toEqual({ left: 9, limit: 10, resetsAt: null });
});

it('is not known yet where it has no time when it is asked first', () => {
  const { health } = watched();
  expect(health.failed(fault('bad_request', ''))).toMatchObject({ status: 'idle' });
  expect(health.failed(fault('rate_limited', 'Too often.'))).toMatchObject({ status: 'loading', note: 'Too often.' });
  expect(health.ready(5, 'Well.')).toMatchObject({ status: 'ready' });
});

it('tells one voice that is refused from a key that is', () => {
  const { health } = watched();
  health.ready(1, 'Well.');
  const refused = (code: string) => new HttpFault({ code: 'unauthorised', message: '' }, 403, null, code);
  expect(health.failed(refused('voice_access_denied'))).toMatchObject({ status: 'ready' });
  expect(health.failed(refused('invalid_api_key'))).toMatchObject({ status: 'failed' });
});

it('does not believe an account that counts minutes behind, but one that was filled up', () => {
  const { health } = watched();
  health.spent(5);
  expect(health.now()).not.toHaveProperty('credits');
  health.told(subscription(100, 1000), false);
  health.spent(300);
  health.told(subscription(100, 1000), true);
  expect(health.now().credits?.left).toBe(600);
  health.told(subscription(500, 1000), true);
  expect(health.now().credits?.left).toBe(500);
  health.told(subscription(0, 1000, 2000), true);
  expect(health.now().credits).toEqual({ left: 1000, limit: 1000, resetsAt: 2_000_000 });
  health.spent(5000);
  expect(health.now().credits?.left).toBe(0);
});

it('says nothing of credits where the account does not', () => {
  const { health } = watched();
  health.told(Subscription.parse({ tier: 'creator', character_limit: 'unlimited' }), false);
  expect(health.now()).not.toHaveProperty('credits');
  health.told(Subscription.parse({ character_count: 1, character_limit: 3 }), false);
  expect(health.now().credits).toEqual({ left: 2, limit: 3, resetsAt: null });
});
