import { describe, expect, it } from 'vitest';
import { apiKeyOf, createGuard, isLoopbackHost } from './guard.ts';

const TOKEN = 'the-token-of-this-start';

function request(path: string, headers: Record<string, string>): Request {
  return new Request(`http://127.0.0.1:4620${path}`, { headers: { host: '127.0.0.1:4620', ...headers } });
}

describe('the guard of the browser shell', () => {
  const guard = createGuard(TOKEN);
  const authorization = `Bearer ${TOKEN}`;

  it('lets the page and calls with the token through, at any loopback port', () => {
    expect(guard(request('/', {}))).toBeNull();
    expect(guard(request('/api/status', { authorization }))).toBeNull();
    expect(guard(request('/api/status', { authorization, host: 'localhost:9000' }))).toBeNull();
    expect(guard(request('/api/status', { authorization, host: '[::1]:1' }))).toBeNull();
    expect(guard(request('/api/status', { authorization, origin: 'http://127.0.0.1:4620' }))).toBeNull();
  });

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '192.168.1.2:4620',
    '',
    '127.0.0.1:4620:1',
  ])('refuses the host “%s”', (host) => {
    expect(guard(request('/api/status', { authorization, host }))?.status).toBe(403);
    expect(guard(request('/', { host }))?.status).toBe(403);
  });

  it.each(['null', 'https://evil.example', 'http://127.0.0.1:9', 'http://localhost:4620', 'https://127.0.0.1:4620'])(
    'refuses the origin “%s”',
    (origin) => {
      expect(guard(request('/api/takes', { authorization, origin }))?.status).toBe(403);
    },
  );

  it('refuses a call of another site even without an Origin header', () => {
    expect(guard(request('/api/status', { authorization, 'sec-fetch-site': 'cross-site' }))?.status).toBe(403);
  });

  it.each([undefined, 'Bearer ', 'Bearer wrong', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`])(
    'refuses the authorisation “%s” and says what to do',
    async (value) => {
      const response = guard(request('/api/status', value === undefined ? {} : { authorization: value }));
      expect(response?.status).toBe(401);
      expect(await response?.json()).toMatchObject({ error: { code: 'unauthorised', todo: expect.any(String) } });
    },
  );

  it('knows loopback names only', () => {
    expect(isLoopbackHost('LOCALHOST:80')).toBe(true);
    expect(isLoopbackHost(null)).toBe(false);
    expect(isLoopbackHost('localhost.')).toBe(false);
  });
});

describe('the API key', () => {
  it('is null where none is set', () => {
    expect(apiKeyOf({})).toBeNull();
    expect(apiKeyOf({ TIMBRE_API_KEY: '' })).toBeNull();
  });

  it('is one that a header can carry', () => {
    expect(apiKeyOf({ TIMBRE_API_KEY: 'a-Key_1.~' })).toBe('a-Key_1.~');
    for (const key of [' ', 'two words', 'schlüssel', 'x'.repeat(513)]) {
      expect(() => apiKeyOf({ TIMBRE_API_KEY: key })).toThrow('TIMBRE_API_KEY must be');
    }
  });
});
