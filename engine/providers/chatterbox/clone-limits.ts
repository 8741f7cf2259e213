import { fault } from '../../../shared/errors.ts';
import type { CloneLimits } from '../../../shared/schemas/connection.ts';
import type { Recording } from '../provider.ts';

const least = (values: (number | null)[]) => {
  const given = values.filter((value) => value !== null);
  return given.length > 0 ? Math.min(...given) : null;
};
const most = (values: (number | null)[]) => {
  const given = values.filter((value) => value !== null);
  return given.length > 0 ? Math.max(...given) : null;
};

/** What a recording must be so that all of several servers take it; null where there are none. */
export function together(limits: readonly CloneLimits[]): CloneLimits | null {
  const [first] = limits;
  if (!first) return null;
  const asking = limits.filter(({ languages }) => languages.length > 0);
  return {
    types: first.types.filter((type) => limits.every(({ types }) => types.includes(type))),
    mostBytes: least(limits.map(({ mostBytes }) => mostBytes)),
    leastSeconds: most(limits.map(({ leastSeconds }) => leastSeconds)),
    mostSeconds: least(limits.map(({ mostSeconds }) => mostSeconds)),
    languages: (asking[0]?.languages ?? []).filter((tag) => asking.every(({ languages }) => languages.includes(tag))),
  };
}

const MB = 1024 * 1024;
const KEPT = 'The recording is kept where it was; nothing was sent.';
const refuse = (code: 'unsupported' | 'too_large' | 'invalid', message: string, todo: string, param: string) =>
  fault(code, message, { kept: KEPT, todo, param });

/** The language of a recording in a server’s own words: `de` for `de-DE`, where that is what it has. */
export function languageOf({ language }: Recording, { languages }: CloneLimits): string | null {
  if (language === null || languages.length === 0) return null;
  const wanted = language.toLowerCase();
  const [primary] = wanted.split('-');
  return (
    languages.find((tag) => tag.toLowerCase() === wanted) ??
    languages.find((tag) => tag.toLowerCase() === primary) ??
    null
  );
}

/**
 * Looks whether a recording is what the servers take, before any of it is sent.
 * @throws FaultError unsupported, too_large, invalid, which name the limit
 */
export function checkRecording(recording: Recording, limits: CloneLimits): void {
  const { type, bytes, seconds, language } = recording;
  const { types, mostBytes, leastSeconds, mostSeconds, languages } = limits;
  const long = `The recording is ${seconds.toFixed(1)} s long`;
  if (!types.includes(type.toLowerCase())) {
    throw refuse(
      'unsupported',
      `The server takes no .${type} recordings, but ${types.map((one) => `.${one}`).join(', ')}.`,
      'Save it anew as one of these.',
      'type',
    );
  }
  if (mostBytes !== null && bytes.length > mostBytes) {
    throw refuse(
      'too_large',
      `The recording has ${(bytes.length / MB).toFixed(1)} MB; the server takes at most ${mostBytes / MB} MB.`,
      'Shorten it, or save it as MP3 or FLAC.',
      'bytes',
    );
  }
  if (mostSeconds !== null && seconds > mostSeconds) {
    throw refuse('too_large', `${long}; the server takes at most ${mostSeconds} s.`, 'Shorten it.', 'seconds');
  }
  if (leastSeconds !== null && seconds <= leastSeconds) {
    throw refuse(
      'invalid',
      `${long}; its model needs more than ${leastSeconds} s.`,
      'Take a longer recording, of ten seconds or so.',
      'seconds',
    );
  }
  if (language !== null && languages.length > 0 && languageOf(recording, limits) === null) {
    throw refuse(
      'invalid',
      `The server has no voices in the language ${language}, but in ${languages.join(', ')}.`,
      'Choose one of these languages.',
      'language',
    );
  }
}
