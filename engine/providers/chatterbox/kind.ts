import { fault } from '../../../shared/errors.ts';
import type { ProviderKind } from '../provider.ts';
import { createChatterboxProvider } from './chatterbox-provider.ts';
import { DIALECTS, type DialectName } from './dialect.ts';
import { dialectOf } from './find-dialect.ts';

/** What a header can carry. Source: RFC 9110, section 5.5. */
const CARRIED = /^[\x21-\x7e]+$/u;

/** The kind of server a person chose; null to find out, also where a later or earlier Timbre knew another one. */
const chosen = (name: string | null): DialectName | null => DIALECTS.find((dialect) => dialect === name) ?? null;

/** Chatterbox on servers of a person’s own, or at Resemble. */
export const CHATTERBOX: ProviderKind = {
  about: {
    kind: 'chatterbox',
    name: 'Chatterbox',
    about: 'Servers that run Resemble’s Chatterbox, on this machine or another one; several share the load.',
    address: { label: 'Addresses', placeholder: 'http://127.0.0.1:8004', many: true, needed: true },
    key: {
      need: 'optional',
      help: 'Most servers want none. Those that do were started with one; Resemble shows its own under “API” in the account.',
    },
    dialects: DIALECTS.map((name) => ({ name, title: dialectOf(name).title })),
    costs: false,
  },
  environment: {
    addresses: ['CHATTERBOX_API_URL'],
    key: ['CHATTERBOX_API_KEY'],
    voice: ['CHATTERBOX_VOICE_ID'],
    model: ['CHATTERBOX_MODEL_ID'],
  },
  create({ id, name, addresses, dialect, limits }, key, { decode, onHealth, onVoices }) {
    if (key !== null && !CARRIED.test(key)) {
      throw fault('invalid', 'The key has characters that no key has: spaces, quotation marks, letters with accents.', {
        param: 'key',
        todo: 'Copy it again from where it is shown.',
      });
    }
    const { atOnce, ...http } = limits;
    return createChatterboxProvider({
      id,
      name,
      addresses,
      key,
      dialect: chosen(dialect),
      limits: http,
      atOnce,
      decode,
      onHealth,
      onVoices,
    });
  },
};
