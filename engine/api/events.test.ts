import { expect, it } from 'vitest';
import { createEventHub } from '../observe/events.ts';
import { eventsApi } from './events.ts';

const CHANGED = { type: 'changed', what: 'voices' } as const;

async function follow() {
  const events = createEventHub();
  const { body } = await eventsApi({ events }).request('/');
  if (body === null) throw new Error('The events have no body.');
  return { events, reader: body.getReader() };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

it('tells what happens as it happens, and forgets whoever leaves', async () => {
  const { events, reader } = await follow();
  expect(events.listeners).toBe(1);
  expect(text((await reader.read()).value)).toMatch(/^:/);
  events.publish(CHANGED);
  expect(text((await reader.read()).value)).toBe(`data: ${JSON.stringify(CHANGED)}\n\n`);
  await reader.cancel();
  expect(events.listeners).toBe(0);
});

it('cuts off a page that does not read, rather than keep everything for it', async () => {
  const { events, reader } = await follow();
  for (let i = 0; i < 4000; i += 1) events.publish(CHANGED);
  expect(events.listeners).toBe(1);
  for (let i = 0; i < 4000; i += 1) events.publish(CHANGED);
  expect(events.listeners).toBe(0);
  await expect(reader.read()).rejects.toMatchObject({ fault: { code: 'cut_short' } });
});
