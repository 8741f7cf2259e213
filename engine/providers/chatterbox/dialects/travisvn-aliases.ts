import { FormData } from 'undici';
import { fault } from '../../../../shared/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { HttpFault } from '../../http/http-fault.ts';
import type { AliasCalls } from '../dialect.ts';

/** What an alias may be. Source: travisvn/chatterbox-tts-api 2.1.0, app/core/voice_library.py and app/api/endpoints/. */
const MOST_CHARACTERS = 100;
const FORBIDDEN = /[/\\:*?"<>|]/u;

/** @throws FaultError invalid, before anything is sent */
function check(alias: string): void {
  const why =
    alias.trim() !== alias || alias === ''
      ? 'it must be a word without spaces around it'
      : alias.length > MOST_CHARACTERS
        ? `it must have at most ${MOST_CHARACTERS} characters`
        : FORBIDDEN.test(alias)
          ? 'it must have none of the characters / \\ : * ? " < > |'
          : null;
  if (why === null) return;
  throw fault('invalid', `The Chatterbox server takes no such name as “${alias.slice(0, MOST_CHARACTERS)}”: ${why}.`, {
    kept: 'Nothing was sent.',
    todo: 'Choose another name.',
    param: 'alias',
  });
}

/** Asks, and tells a server that has no such call from one that knows no such voice. */
async function ask(asking: ReturnType<HttpClient['ask']>): Promise<void> {
  try {
    (await asking).release();
  } catch (thrown) {
    if (!(thrown instanceof HttpFault) || thrown.serverCode !== null || ![404, 405].includes(thrown.status))
      throw thrown;
    throw fault('unsupported', 'This build of the Chatterbox server keeps no other names of its voices.', {
      kept: 'Its voices are as they were.',
      todo: 'Update the server, or have what speaks with it ask for the new voices by their own names.',
    });
  }
}

const pathOf = (voice: string) => `/voices/${encodeURIComponent(voice)}/aliases`;

/** Other names of a voice in travisvn's library. */
export const travisvnAliases: AliasCalls = {
  check,
  async add(client, voice, alias, signal) {
    const form = new FormData();
    form.set('alias', alias);
    await ask(client.ask({ method: 'POST', path: pathOf(voice), form, signal }));
  },
  async remove(client, voice, alias, signal) {
    await ask(client.ask({ method: 'DELETE', path: `${pathOf(voice)}/${encodeURIComponent(alias)}`, signal }));
  },
};
