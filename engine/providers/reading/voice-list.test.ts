import { expect, it } from 'vitest';
import { readVoiceList } from './voice-list.ts';

it.each<[string, unknown, object[]]>([
  [
    'devnen’s predefined voices',
    [{ display_name: 'Abigail', filename: 'Abigail.wav' }],
    [{ id: 'Abigail.wav', name: 'Abigail' }],
  ],
  [
    'devnen’s references',
    ['Gianna.wav', 'My_Voice_1_.wav'],
    [
      { id: 'Gianna.wav', name: 'Gianna' },
      { id: 'My_Voice_1_.wav', name: 'My Voice 1' },
    ],
  ],
  ['devnen’s OpenAI list', { status: 'ok', voices: ['Abigail.wav'] }, [{ id: 'Abigail.wav', name: 'Abigail' }]],
  [
    'travisvn’s library',
    {
      voices: [
        { name: 'emily', filename: 'emily.wav', language: 'en', aliases: ['nova'], exists: true },
        { name: 'gone', filename: 'gone.wav', language: 'fr', aliases: [], exists: false },
      ],
      count: 2,
    },
    [{ id: 'emily', name: 'emily', languages: ['en'], aliases: ['nova'] }],
  ],
  ['an empty one', { voices: [], count: 0 }, []],
  ['TTS-WebUI’s voices', { voices: [{ id: 'random', name: 'Random' }] }, [{ id: 'random', name: 'Random' }]],
  [
    'TTS-WebUI’s voices of a model',
    { voices: [{ label: 'x', value: 'voices/chatterbox/x.wav' }] },
    [{ id: 'voices/chatterbox/x.wav', name: 'x' }],
  ],
  [
    'the gateway’s own',
    {
      voices: [
        { id: 'builtin:kokoro/af_heart', name: 'Heart', language: 'en-US', gender: 'female', provider: 'builtin' },
      ],
    },
    [{ id: 'builtin:kokoro/af_heart', name: 'Heart', languages: ['en-US'] }],
  ],
  ['Brioch’s list as text', '[]', []],
  ['entries that are none', [{ nothing: 1 }, null, '', 'a', 'a'], [{ id: 'a', name: 'a' }]],
])('reads %s', (_, answer, voices) => {
  expect(readVoiceList(answer)).toEqual(voices.map((voice) => ({ languages: [], aliases: [], ...voice })));
});

it.each([[null], [{}], ['{}'], [42], [{ detail: 'Not Found' }]])('knows that %j is no list', (answer) => {
  expect(readVoiceList(answer)).toBeNull();
});
