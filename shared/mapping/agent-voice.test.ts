import { describe, expect, it } from 'vitest';
import { dbToRatio, semitonesToRatio } from '../controls/ratios.ts';
import { GatewaySpeech } from '../schemas/gateway.ts';
import { agentVoices, agentVoicesByKey, rowOfAgentVoice, variablePrefix } from './agent-voice.ts';
import { broughtBack, GUIDE } from './testing/mappings.ts';

const [rachel, zoe, tom] = GUIDE.rows;
const conflict = (message: string) =>
  expect.objectContaining({
    fault: expect.objectContaining({
      code: 'conflict',
      message: expect.stringContaining(message),
      kept: expect.any(String),
      todo: expect.any(String),
    }),
  });

describe('a voice as an agent speaks with it', () => {
  it('has ratios where the studio has semitones and dB', () => {
    const [first] = agentVoices(GUIDE);
    expect(first).toEqual({
      key: '21m00Tcm4TlvDq8ikWAM',
      voice: {
        replaces: { provider: 'elevenlabs', name: 'Rachel' },
        provider: 'chatterbox',
        voice_id: 'predefined/Emily.wav',
        name: 'Emily',
        model_id: 'original',
        settings: { speed: 1.04, pitch: 0.971532, volume: 1.258925, emotion: 'calm' },
        emotion_intensity: 0.4,
        parameters: { exaggeration: 0.6, cfg_weight: 0.45 },
        seed: 7,
        audio_format: { sample_rate: 24000, bit_depth: 16, channels: 1, codec: 'pcm_s16le' },
      },
    });
    expect(first?.voice.settings.pitch).toBeCloseTo(semitonesToRatio(-0.5), 6);
    expect(first?.voice.settings.volume).toBeCloseTo(dbToRatio(2), 6);
  });

  it('is a request that the gateway takes, also at the ends of every control', () => {
    for (const settings of [
      { speed: 0.5, pitch: -12, volume: -24 },
      { speed: 2, pitch: 12, volume: 12 },
    ]) {
      const rows = GUIDE.rows.map((row) =>
        row.new ? { ...row, new: { ...row.new, settings: { ...row.new.settings, ...settings } } } : row,
      );
      const [keyed] = agentVoices({ ...GUIDE, rows });
      expect(() => GatewaySpeech.parse({ text: 'Good morning.', ...keyed?.voice })).not.toThrow();
      expect(keyed && rowOfAgentVoice(keyed)).toMatchObject({ new: rows[0]?.new });
    }
  });

  it('comes of approved rows only, and back as one', () => {
    const voices = agentVoices(GUIDE);
    expect(voices.map(({ key }) => key)).toEqual(['21m00Tcm4TlvDq8ikWAM', 'zo-1']);
    expect(voices.map(rowOfAgentVoice)).toEqual([rachel, zoe].map((row) => row && broughtBack(row)));
    expect(() => agentVoices({ ...GUIDE, rows: tom ? [tom] : [] })).toThrow(
      conflict('No voice of this mapping is approved'),
    );
  });

  it('goes by its name where only recordings of the old one are there', () => {
    const rows = rachel ? [{ ...rachel, old: { ...rachel.old, voiceId: null } }] : [];
    const [keyed] = agentVoices({ ...GUIDE, rows });
    expect(keyed).toMatchObject({ key: 'Rachel', voice: { replaces: { provider: null, name: 'Rachel' } } });
    expect(keyed && rowOfAgentVoice(keyed).old).toMatchObject({ voiceId: null, voiceName: 'Rachel' });
  });

  it('is not lost to another one of the same id', () => {
    const rows = rachel ? [rachel, { ...rachel, old: { ...rachel.old, modelId: null } }] : [];
    expect(() => agentVoicesByKey({ ...GUIDE, rows })).toThrow(conflict('“21m00Tcm4TlvDq8ikWAM”'));
  });
});

it('variables begin as the studio itself reads them, and never with anything but letters', () => {
  const named = ['chatterbox', 'chatterbox-2', 'elevenlabs', 'built-in', '3d', 'a=b\nc', '', 'constructor'];
  expect(named.map(variablePrefix)).toEqual([
    'CHATTERBOX',
    'CHATTERBOX',
    'ELEVEN_LABS',
    'BUILT_IN',
    'VOICE_3D',
    'A_B_C',
    'VOICE',
    'CONSTRUCTOR',
  ]);
});
