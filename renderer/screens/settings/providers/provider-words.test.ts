import { describe, expect, it } from 'vitest';
import {
  type ConnectionView,
  ProviderKindAbout,
  USUAL_CONNECTION_LIMITS,
} from '../../../../shared/schemas/connection.ts';
import {
  creditsInFull,
  creditWords,
  fieldOf,
  figure,
  firstWords,
  furtherWords,
  healthFault,
  keyPlaceWords,
  millisecondWords,
  serverWords,
  setUpBy,
  stateWords,
} from './provider-words.ts';

const VIEW: ConnectionView = {
  connection: {
    id: 'chatterbox',
    kind: 'chatterbox',
    name: 'Chatterbox',
    addresses: ['http://127.0.0.1:8004'],
    dialect: null,
    defaultVoice: null,
    defaultModel: null,
    limits: USUAL_CONNECTION_LIMITS,
    fallback: { all: null, voices: {} },
  },
  key: { last4: null, where: 'none' },
  environment: {},
  health: { id: 'chatterbox', kind: 'chatterbox', name: 'Chatterbox', status: 'ready', latencyMs: 84.4, note: '' },
  servers: [],
  cloning: null,
  modelSwitch: null,
};

const ABOUT = ProviderKindAbout.parse({
  kind: 'chatterbox',
  name: 'Chatterbox',
  about: 'Servers of your own. They may be several.',
  address: { label: 'Addresses', placeholder: '', many: true, needed: true },
  key: { need: 'optional', help: '' },
  dialects: [],
  costs: false,
});

describe('the words for a provider', () => {
  it('part figures by narrow spaces', () => {
    expect(figure(41_200)).toBe('41\u202f200');
    expect(creditWords({ left: 41_200, limit: 100_000, resetsAt: null })).toBe('41\u202f200 credits left');
    expect(creditWords({ left: 1, limit: 10, resetsAt: null })).toBe('1 credit left');
    expect(millisecondWords(84.4)).toBe('84\u00a0ms');
    expect(millisecondWords(14_640)).toBe('14.6\u00a0s');
  });

  it('say when credits are renewed, where that is told', () => {
    const credits = { left: 5, limit: 100, resetsAt: null };
    expect(creditsInFull(credits)).toBe('5 credits left of 100.');
    expect(creditsInFull({ ...credits, resetsAt: Date.UTC(2026, 10, 3, 12) })).toContain('renewed on 3 November');
  });

  it('are one line: status, answer time, credits, model', () => {
    expect(stateWords(VIEW, [])).toEqual(['Ready', '84\u00a0ms']);
    const full: ConnectionView = {
      ...VIEW,
      health: { ...VIEW.health, credits: { left: 7, limit: 9, resetsAt: null } },
      modelSwitch: { current: 'turbo', choices: [{ id: 'turbo', name: 'Chatterbox Turbo' }] },
    };
    expect(stateWords(full, [])).toEqual(['Ready', '84\u00a0ms', '7 credits left', 'Chatterbox Turbo']);
    const failed: ConnectionView = { ...VIEW, health: { ...VIEW.health, status: 'failed' } };
    expect(stateWords(failed, [])).toEqual(['Not working']);
  });

  it('say where a key lies', () => {
    expect(keyPlaceWords({ last4: '1a2b', where: 'environment' }, 'SOME_KEY')).toBe(
      'Set by SOME_KEY in the environment.',
    );
    expect(keyPlaceWords({ last4: '1a2b', where: 'file' }, undefined)).toBe('In a file that only you can read.');
    expect(keyPlaceWords({ last4: null, where: 'none' }, undefined)).toBe('');
  });

  it('say what a server turned out to be', () => {
    const server = { address: 'http://a', state: 'free' as const, title: 'devnen', note: 'The model is loaded.' };
    expect(serverWords(server)).toBe('devnen · Free · The model is loaded.');
    expect(serverWords({ ...server, title: null, note: '', state: 'unknown' })).toBe('Not asked yet');
  });

  it('take the first sentence for what a kind is', () => {
    expect(firstWords(ABOUT)).toBe('Servers of your own.');
    expect(furtherWords(ABOUT)).toBe('They may be several.');
  });
});

describe('a fault of a provider', () => {
  it('leads to the field that it is about', () => {
    expect(fieldOf({ code: 'unauthorised', message: '' })).toBe('key');
    expect(fieldOf({ code: 'unreachable', message: '' })).toBe('addresses');
    expect(fieldOf({ code: 'conflict', message: '', param: 'defaultVoice' })).toBe('defaultVoice');
    expect(fieldOf({ code: 'no_credit', message: '' })).toBeNull();
  });

  it('is its health’s own, or what its health says in words', () => {
    expect(healthFault(VIEW.health)).toBeNull();
    expect(healthFault({ ...VIEW.health, status: 'failed', note: 'No answer.' })?.message).toBe('No answer.');
  });
});

describe('the variable that sets a provider up', () => {
  it('is that of what it needs, and only of the first of its kind', () => {
    const environment = { addresses: 'CHATTERBOX_API_URL', key: 'CHATTERBOX_API_KEY' };
    expect(setUpBy({ ...VIEW, environment }, ABOUT)).toBe('CHATTERBOX_API_URL');
    expect(setUpBy({ ...VIEW, environment: { key: 'CHATTERBOX_API_KEY' } }, ABOUT)).toBeNull();
    const second = { ...VIEW.connection, id: 'chatterbox-2' };
    expect(setUpBy({ ...VIEW, connection: second, environment }, ABOUT)).toBeNull();
  });
});
