import { parseArgs } from 'node:util';
import { bundle } from './bundle.ts';
import { startChild } from './child.ts';
import { type DesktopEnd, runDesktop } from './desktop-start.ts';
import { whyNoWindow } from './display.ts';
import { fetchElectron, installedElectron } from './electron-runtime.ts';
import { endWithNpm } from './end-with-npm.ts';
import { inRoot, ROOT } from './paths.ts';
import { downloadProgress } from './progress.ts';

const HELP = `npm start                    the desktop app; where there can be none, the studio in the browser
npm run desktop              the desktop app, or the reason why not
npm run web -- --port N      the studio in the browser, on 127.0.0.1
npm run gateway -- --port N  speech for other programs, without a window`;

const say = (line: string) => console.log(line);

/** What the other programs of the engine understand is passed on to them as it is. */
function readArguments(): { shell: string; passOn: string[] } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    say(HELP);
    process.exit(0);
  }
  const [shell = 'auto', ...more] = positionals;
  if (more.length > 0) throw new Error(`Not understood: ${more.join(' ')}`);
  const port = values.port === undefined ? [] : ['--port', String(portNumber(values.port))];
  const host = values.host === undefined ? [] : ['--host', values.host];
  return { shell, passOn: [...port, ...host] };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes 0 to 65535, not "${text}".`);
  return port;
}

/** Runs `dist/engine/<shell>.js` to its end. */
async function runEngine(shell: 'web' | 'gateway', passOn: string[], notice?: string): Promise<number> {
  const { ended } = startChild(process.execPath, [inRoot(`dist/engine/${shell}.js`), ...passOn], {
    cwd: ROOT,
    stdio: 'inherit',
    env: notice ? { ...process.env, TIMBRE_NOTICE: notice } : process.env,
  });
  return await ended;
}

/** Opens the desktop app, fetching its runtime if it is not here yet. */
async function tryDesktop(): Promise<DesktopEnd> {
  const why = whyNoWindow();
  if (why) return { kind: 'not-started', why };
  let executable = installedElectron();
  if (!executable) {
    const progress = downloadProgress();
    try {
      executable = await fetchElectron(say, progress.report);
    } catch (error) {
      return { kind: 'not-started', why: error instanceof Error ? withoutStop(error.message) : String(error) };
    } finally {
      progress.end();
    }
  }
  say('Opening the studio.');
  return await runDesktop(executable);
}

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '').replace(/^The /, 'the ');

async function main(): Promise<number> {
  const { shell, passOn } = readArguments();
  if (!['auto', 'desktop', 'web', 'gateway'].includes(shell)) throw new Error(`Not understood: ${shell}`);
  await bundle(say);
  if (shell === 'web' || shell === 'gateway') return await runEngine(shell, passOn);

  const desktop = await tryDesktop();
  if (desktop.kind === 'ended') return desktop.code;
  if (shell === 'desktop') {
    console.error(`The desktop app cannot be opened: ${desktop.why}.\nThe studio in the browser: npm run web`);
    return 1;
  }
  const notice = `The studio opens in the browser rather than as a desktop app: ${desktop.why}.`;
  say(notice);
  return await runEngine('web', passOn, notice);
}

endWithNpm();
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (isUsage(error)) console.error(HELP);
  process.exitCode = 2;
}

function isUsage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return true;
  return /^(Not understood|--port)/.test(error.message);
}
