import { expect } from 'vitest';
import { bytesToS16, WAV_HEADER_BYTES } from '../../../shared/sound/pcm.ts';
import { pitchStatistics, trackPitch } from '../../../shared/sound/pitch-track.ts';

/** The sound of a WAV answer: its rate by the header in Hz, its length in s, its median fundamental in Hz. */
export async function heardOf(response: Response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.status, new TextDecoder().decode(bytes.subarray(0, 300))).toBe(200);
  expect(response.headers.get('content-type')).toBe('audio/wav');
  const rate = new DataView(bytes.buffer).getUint32(24, true);
  const samples = bytesToS16(bytes.subarray(WAV_HEADER_BYTES));
  const floats = Float32Array.from(samples, (sample) => sample / 32_768);
  return { rate, seconds: samples.length / rate, pitch: pitchStatistics(trackPitch(floats, rate).pitch)?.median ?? 0 };
}
