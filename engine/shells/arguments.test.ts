import { describe, expect, it } from 'vitest';
import { parseShellArguments } from './arguments.ts';

describe('the words after a shell’s command', () => {
  it('are a port and an address, if any', () => {
    expect(parseShellArguments([])).toEqual({ port: null, host: null });
    expect(parseShellArguments(['--port', '0', '--host', '::1'])).toEqual({ port: 0, host: '::1' });
  });

  it.each([['--port', 'x'], ['--port', '65536'], ['--port', '-1'], ['--port'], ['--speed', '2'], ['open']])(
    'are refused where they make no sense: %s %s',
    (...words) => {
      expect(() => parseShellArguments(words)).toThrow();
    },
  );
});
