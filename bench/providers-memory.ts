import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { inRoot } from '../build/paths.ts';
import { NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import { Project } from '../shared/schemas/project.ts';
import { Take } from '../shared/schemas/take.ts';
import type { Figure } from './figure.ts';
import { HOUR_SAMPLES } from './providers-hour-peer.ts';
import { PeerProcess } from './providers-peer.ts';

const MOST_MB = 20;
/** Samples of memory over the hour, and how many of the first of them are warm-up. */
const LOOKS = 40;
const WARM_UP = 4;
const MB = 2 ** 20;

const Memory = z.object({ rss: z.number(), heapUsed: z.number(), arrayBuffers: z.number() });
type Memory = z.infer<typeof Memory>;
const Opened = z.object({ origin: z.string(), connection: z.string() });

/** Memory of the engine's process while an hour of sound comes, is stored, and is listened to by a page. */
export async function memoryFigures(): Promise<Figure[]> {
  const peer = await PeerProcess.start({ kind: 'hour' });
  const engine = fork(inRoot('bench/providers-memory-engine.ts'), [peer.url], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = async () => (await once(engine, 'message'))[0] as unknown;
  try {
    const { origin, connection } = Opened.parse(await next());
    const look = async () => {
      const told = next();
      engine.send('look');
      return Memory.parse(await told);
    };
    const streaming: Memory[] = [];
    const { id, bytes, seconds } = await hearAnHour(origin, connection, async (id) => {
      const memory = await look();
      // What is there whole is measured at once, which takes memory of its own.
      if ((await takeOf(origin, id)).state === 'rendering') streaming.push(memory);
    });
    const take = await measured(origin, id);
    const after = await look();
    const steady = streaming.slice(WARM_UP);
    const spread = (of: (memory: Memory) => number) => (Math.max(...steady.map(of)) - Math.min(...steady.map(of))) / MB;
    const rise = spread(({ rss }) => rss);
    const whole =
      steady.length >= LOOKS / 2 &&
      bytes === HOUR_SAMPLES * 2 &&
      take.samples === HOUR_SAMPLES &&
      take.state === 'done';
    const mb = (bytes = 0) => Math.round(bytes / MB);
    return [
      {
        what:
          `memory of the engine over an hour of sound (${seconds.toFixed(0)} s; ${mb(steady[0]?.rss)} MB at first, ` +
          `${mb(steady.at(-1)?.rss)} when all had come (${streaming.length} of ${LOOKS} looks), ${mb(after.rss)} after it was measured; heap ±${spread((m) => m.heapUsed).toFixed(1)}, ` +
          `buffers ±${spread((m) => m.arrayBuffers).toFixed(1)} MB)`,
        reach: `flat within ${MOST_MB} MB`,
        got: rise,
        unit: whole ? 'MB' : 'MB, BUT NOT ALL OF IT CAME',
        ok: rise <= MOST_MB && whole,
      },
    ];
  } finally {
    const exited = once(engine, 'exit');
    engine.disconnect();
    await exited;
    await peer.close();
  }
}

/** Asks for the hour as a page does, and listens to its end. @param look called from time to time */
async function hearAnHour(origin: string, connection: string, look: (id: string) => Promise<void>) {
  const { projects } = z
    .object({ projects: z.array(Project) })
    .parse(await (await fetch(`${origin}/api/projects`)).json());
  const id = crypto.randomUUID();
  const from = performance.now();
  const response = await fetch(`${origin}/api/takes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      projectId: projects[0]?.id,
      // Of a text that is far shorter than an hour the sound would be left as endless.
      text: 'It goes on for an hour, and nothing of it may stay in memory. '.repeat(140),
      voiceId: `${connection}:predefined/Emily.wav`,
      settings: NEUTRAL_SETTINGS,
      fresh: true,
    }),
  });
  if (!response.ok || !response.body) throw new Error(await response.text());
  let bytes = 0;
  let looked = 0;
  for await (const piece of response.body) {
    bytes += piece.length;
    if (bytes < (looked / LOOKS) * HOUR_SAMPLES * 2) continue;
    looked += 1;
    await look(id);
  }
  return { id, bytes, seconds: (performance.now() - from) / 1000 };
}

async function takeOf(origin: string, id: string): Promise<Take> {
  return Take.parse(await (await fetch(`${origin}/api/takes/${id}`)).json());
}

/** The take once its sound was measured. */
async function measured(origin: string, id: string): Promise<Take> {
  for (;;) {
    const take = await takeOf(origin, id);
    if (take.measurements !== null || (take.state !== 'rendering' && take.state !== 'done')) return take;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
