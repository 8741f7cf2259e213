import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProviderHealth } from '../../shared/schemas/voice.ts';
import { HealthWatch } from './health-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const health = (status: ProviderHealth['status']): ProviderHealth => ({
  id: 'far',
  kind: 'far',
  name: 'Far',
  status,
  latencyMs: null,
  note: '',
});

it('looks again, less and less often, until it works', async () => {
  let looks = 0;
  const watch = new HealthWatch(async () => {
    looks += 1;
    return health(looks < 4 ? 'failed' : 'ready');
  });
  watch.heard(health('failed'));
  // Told twice it still looks once.
  watch.heard(health('failed'));
  await vi.advanceTimersByTimeAsync(3000);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(5999);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(1 + 12_000 + 30_000);
  expect(looks).toBe(4);
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves no timer where it works again by itself, or is closed', async () => {
  const watch = new HealthWatch(async () => health('failed'));
  watch.heard(health('failed'));
  watch.heard(health('ready'));
  expect(vi.getTimerCount()).toBe(0);
  watch.heard(health('loading'));
  expect(vi.getTimerCount()).toBe(1);
  watch.close();
  watch.heard(health('failed'));
  expect(vi.getTimerCount()).toBe(0);
});

it('does not knock again with a key that was refused', () => {
  const watch = new HealthWatch(async () => health('ready'));
  watch.heard(health('failed'));
  const refused = { ...health('failed'), fault: { code: 'unauthorised' as const, message: 'The key was refused.' } };
  watch.looked(refused);
  expect(vi.getTimerCount()).toBe(0);
  // One take that was refused is not all of it.
  watch.heard(refused);
  expect(vi.getTimerCount()).toBe(1);
  watch.looked(refused);
  watch.looked({ ...health('failed'), fault: { code: 'no_credit', message: 'Nothing is left.' } });
  expect(vi.getTimerCount()).toBe(1);
  watch.close();
});

it('does not look at one that nobody has used yet', () => {
  const watch = new HealthWatch(async () => health('ready'));
  watch.heard(health('idle'));
  expect(vi.getTimerCount()).toBe(0);
});
