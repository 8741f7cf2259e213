import { type Fault, type FaultError, fault, toFault } from '../../../shared/errors.ts';
import type { CloneLimits } from '../../../shared/schemas/connection.ts';
import type { Recording } from '../provider.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import { checkRecording, languageOf, together } from './clone-limits.ts';
import { contentName, plainName } from './recording-name.ts';

/** What a server takes; null where it takes no recordings, or is not known yet. */
function limitsAt({ found }: ChatterboxServer): CloneLimits | null {
  return found?.dialect.cloning?.(found.facts) ?? null;
}

/** What a recording must be so that all servers that take any take it; null where none does. */
export function cloningAt(servers: readonly ChatterboxServer[]): CloneLimits | null {
  return together(servers.flatMap((server) => limitsAt(server) ?? []));
}

/** A name that the server does not have: the one wished for, or one that only this recording has. */
async function freeName(server: ChatterboxServer, recording: Recording, signal: AbortSignal): Promise<string> {
  const plain = plainName(recording.name);
  const list = await server.voices(signal, true);
  return list.some(({ id, aliases }) => id === plain || aliases.includes(plain)) ? contentName(recording) : plain;
}

/** Brings a recording to one server, and sees that the voice is there then. @returns its id */
async function bringTo(server: ChatterboxServer, recording: Recording, signal: AbortSignal): Promise<string> {
  const { dialect } = await server.find(signal);
  if (!dialect.upload) throw fault('unsupported', `The server at ${server.address} takes no recordings.`);
  const hashed = contentName(recording);
  const voice = await dialect.upload(server.client, recording, signal).catch((thrown: unknown) => {
    // The same recording is there under its name already.
    if (toFault(thrown).code === 'conflict' && recording.name === hashed) return hashed;
    throw thrown;
  });
  await server.voices(signal, true);
  if (server.knowsVoice(voice) === true) return voice;
  throw fault('provider_fault', `The server at ${server.address} took the recording, but does not list the voice.`, {
    kept: 'The recording is kept where it was.',
    todo: 'Refresh the list of voices in a moment, and look at the server’s own log.',
  });
}

/** The fault of servers that all answer, and take no recordings. */
function takesNone(servers: readonly ChatterboxServer[]): FaultError {
  const kinds = [...new Set(servers.flatMap(({ found }) => found?.dialect.title ?? []))].join(', ');
  const hosted = servers.some(({ found }) => found?.dialect.hosted === true);
  return fault('unsupported', `This kind of server takes no recordings from Timbre: ${kinds}.`, {
    kept: 'The recording is kept where it was; nothing was sent.',
    todo: hosted
      ? 'Make the voice at the service’s own page, and refresh the list of voices.'
      : 'Put the recording into the server’s own folder of voices, and refresh the list of voices.',
  });
}

/**
 * Makes a voice of a recording at all servers that take any. What they take is looked at first, before a byte is sent.
 *
 * @param servers all that there are, also those that do not answer
 * @returns id of the voice
 * @throws FaultError unsupported, too_large, invalid; of a server that did not take it, which is named
 */
export async function cloneVoice(
  servers: readonly ChatterboxServer[],
  recording: Recording,
  signal: AbortSignal,
): Promise<string> {
  const asked = await Promise.allSettled(servers.map((server) => server.find(signal)));
  const taking = servers.filter((server, at) => asked[at]?.status === 'fulfilled' && limitsAt(server) !== null);
  const limits = cloningAt(taking);
  if (!limits) {
    const refused = asked.find((one) => one.status === 'rejected');
    if (refused) throw refused.reason;
    throw takesNone(servers);
  }
  checkRecording(recording, limits);
  const language = languageOf(recording, limits);
  const [only] = taking;
  // On several servers it must be the same at all of them, also where it is brought a second time.
  const several = servers.length > 1 || !only;
  const name = several ? contentName(recording) : await freeName(only, recording, signal);
  const results = await Promise.allSettled(
    taking.map((server) => bringTo(server, { ...recording, name, language }, signal)),
  );
  const failures: { address: string; why: Fault }[] = [
    ...servers.flatMap(({ address }, at) => {
      const one = asked[at];
      return one?.status === 'rejected' ? [{ address, why: toFault(one.reason) }] : [];
    }),
    ...taking.flatMap(({ address }, at) => {
      const one = results[at];
      return one?.status === 'rejected' ? [{ address, why: toFault(one.reason) }] : [];
    }),
  ];
  const voice = results.find((one) => one.status === 'fulfilled')?.value;
  const [first] = failures;
  if (voice !== undefined && !first) return voice;
  if (voice === undefined || servers.length === 1) throw results.find((one) => one.status === 'rejected')?.reason;
  const there = taking.filter((_, at) => results[at]?.status === 'fulfilled').map(({ address }) => address);
  throw fault(
    first?.why.code ?? 'provider_fault',
    `The voice was not made at ${failures.map(({ address, why }) => `${address} (${why.message})`).join(', ')}.`,
    {
      kept: `It was made at ${there.join(', ')}, and speaks there.`,
      todo: 'Bring the same recording again when the others can be reached.',
    },
  );
}
