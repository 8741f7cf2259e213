import { parseArgs } from 'node:util';
import { PEERS, startPeers, tableOf } from './peer-list.ts';

const { values } = parseArgs({ options: { 'any-port': { type: 'boolean', default: false } } });

try {
  const { rows, stop } = await startPeers(PEERS, values['any-port']);
  console.log(tableOf(rows));
  const end = async () => {
    await stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
