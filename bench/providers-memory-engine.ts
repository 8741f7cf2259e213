// The engine of the browser shell in a process of its own. Tells how much memory it has, after garbage, when asked by IPC.

import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../engine/shells/serve.ts';
import { BenchStudio } from './providers-studio.ts';

const desk = await BenchStudio.open();
const server = await listen((request) => desk.studio.fetch(request), '127.0.0.1', 0);
const [address = ''] = process.argv.slice(2);
const connection = await desk.connect('chatterbox', [address]);

async function end(): Promise<void> {
  await server.close();
  await desk.close();
  process.exit(0);
}

process.on('message', () => {
  void (async () => {
    gc?.();
    // Memory outside of the heap is given back a turn later.
    await wait(20);
    gc?.();
    process.send?.(process.memoryUsage());
  })();
});
process.on('disconnect', () => void end());
process.send?.({ origin: `http://127.0.0.1:${server.port}`, connection });
