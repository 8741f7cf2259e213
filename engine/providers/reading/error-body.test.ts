import { expect, it } from 'vitest';
import { readErrorBody } from './error-body.ts';

it.each<[string, unknown, { message: string; code?: string | null; param?: string | null }]>([
  ['FastAPI’s sentence', { detail: 'Not Found' }, { message: 'Not Found' }],
  [
    'FastAPI’s list',
    {
      detail: [
        { type: 'string_too_short', loc: ['body', 'text'], msg: 'String should have at least 1 character', input: '' },
      ],
    },
    { message: 'String should have at least 1 character', code: 'validation', param: 'text' },
  ],
  [
    'ElevenLabs’ object',
    {
      detail: {
        type: 'payment_required',
        code: 'insufficient_credits',
        message: 'No credits left.',
        status: 'quota_exceeded',
        request_id: 'r',
        param: null,
      },
    },
    { message: 'No credits left.', code: 'insufficient_credits' },
  ],
  [
    'ElevenLabs’ older object',
    { detail: { status: 'voice_not_found', message: 'No such voice.' } },
    { message: 'No such voice.', code: 'voice_not_found' },
  ],
  [
    'Kokoro-FastAPI’s object',
    { detail: { error: 'validation_error', message: 'Voice x not found', type: 'invalid_request_error' } },
    { message: 'Voice x not found', code: 'invalid_request_error' },
  ],
  [
    'OpenAI’s object',
    { error: { message: 'Bad model', type: 'invalid_request_error', param: 'model', code: null } },
    { message: 'Bad model', code: 'invalid_request_error', param: 'model' },
  ],
  ['a bare error', { error: 'Missing text' }, { message: 'Missing text' }],
  [
    'devnen’s of an upload',
    { message: 'Processed 1 file(s).', uploaded_files: [], errors: [{ filename: 'a.wav', error: 'Too long.' }] },
    { message: 'Too long.' },
  ],
  ['Resemble’s', { success: false, message: 'Voice not found' }, { message: 'Voice not found' }],
  ['a flat one', { message: 'no', code: 42, type: 'x', param: 'voice' }, { message: 'no', code: '42', param: 'voice' }],
])('reads %s', (_, body, said) => {
  expect(readErrorBody(JSON.stringify(body))).toEqual({ code: null, param: null, ...said });
});

it('reads pages and plain words', () => {
  expect(readErrorBody('<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>')?.message).toBe(
    '502 Bad Gateway',
  );
  expect(readErrorBody('<style>b{}</style><p>Gone\n away</p>')?.message).toBe('Gone away');
  expect(readErrorBody('Unauthorized: invalid API key\n')?.message).toBe('Unauthorized: invalid API key');
});

it.each(['<', '<title', '<script>'])('does not search long in a page of nothing but %s', (piece) => {
  // Searched to its end from each of them, it would take longer than a test may.
  expect((readErrorBody(piece.repeat(4 * 1024 * 1024))?.message ?? '').length).toBeLessThanOrEqual(500);
});

it('keeps words short, and knows when nothing is said', () => {
  expect(readErrorBody('x'.repeat(10_000))?.message).toHaveLength(500);
  for (const body of ['', '  \n', '{}', '{"detail":[]}', 'null', '""']) {
    const said = readErrorBody(body);
    // What is JSON but says nothing is still better told than kept from a person.
    expect(said?.message ?? '').toBe(body.trim());
  }
});
