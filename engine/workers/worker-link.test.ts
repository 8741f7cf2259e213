import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { WorkerLink } from './worker-link.ts';

const deaths: string[] = [];

const newLink = (endLimitMs?: number) =>
  new WorkerLink({
    url: new URL('./testing/broken-worker.ts', import.meta.url),
    died: (said) => fault('provider_fault', 'It died.', { said }),
    closed: () => fault('cancelled', 'It was closed.'),
    onDeath: (why) => deaths.push(why),
    ...(endLimitMs === undefined ? {} : { endLimitMs }),
  });

let link: WorkerLink;

beforeEach(() => {
  deaths.length = 0;
  link = newLink();
});

afterEach(async () => {
  await link.close();
  expect(link.running).toBe(false);
});

describe('WorkerLink', () => {
  it('starts with the first question and answers in order', async () => {
    expect(link.running).toBe(false);
    const answers = await Promise.all([1, 2, 3].map(() => link.ask({ do: 'answer' }, z.number())));
    expect(answers).toEqual([process.pid, process.pid, process.pid]);
    expect(link.running).toBe(true);
  });

  it('hands on sound and progress before the end', async () => {
    const heard: unknown[] = [];
    await link.ask({ do: 'sound' }, z.null(), {
      onSound: (samples) => heard.push([...samples]),
      onProgress: (progress) => heard.push(progress),
    });
    expect(heard).toEqual([0.5, [1, 2, 3]]);
  });

  it('passes on what the worker says is wrong, and lives on', async () => {
    await expect(link.ask({ do: 'fault' }, z.null())).rejects.toMatchObject({ fault: { code: 'disk_full' } });
    await expect(link.ask({ do: 'nonsense' }, z.null())).rejects.toMatchObject({ fault: { code: 'internal' } });
    await expect(link.ask({ do: 'answer' }, z.number())).resolves.toBe(process.pid);
    expect(deaths).toEqual([]);
  });

  it.each(['throw', 'exit'])(
    'fails open questions when the worker dies (%s), and starts anew with the next',
    async (how) => {
      const waiting = link.ask({ do: how }, z.null());
      await expect(waiting).rejects.toMatchObject({ fault: { code: 'provider_fault' } });
      expect(deaths).toHaveLength(1);
      expect(link.running).toBe(false);
      await expect(link.ask({ do: 'answer' }, z.number())).resolves.toBe(process.pid);
    },
  );

  it('fails open questions when it is killed, which is no death, and starts anew with the next', async () => {
    const waiting = expect(link.ask({ do: 'never' }, z.null())).rejects.toMatchObject({ fault: { code: 'bad_audio' } });
    await link.kill(fault('bad_audio', 'It took too long.'));
    await waiting;
    expect(link.running).toBe(false);
    await expect(link.ask({ do: 'answer' }, z.number())).resolves.toBe(process.pid);
    expect(deaths).toEqual([]);
  });

  it('cancels open questions when it is closed, and takes no more', async () => {
    link = newLink(100);
    const waiting = expect(link.ask({ do: 'never' }, z.null())).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await link.close();
    await waiting;
    await expect(link.ask({ do: 'answer' }, z.number())).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(deaths).toEqual([]);
  });
});
