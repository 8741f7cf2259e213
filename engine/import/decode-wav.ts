import { AudioSampleSink, BufferSource, Input, WAVE } from 'mediabunny';
import { fault } from '../../shared/errors.ts';
import { MOST_CHANNELS, type PcmSink } from './pcm-sink.ts';

/** Reads a WAV file: 8 to 32 bits, float, A-law and µ-law. @throws FaultError unsupported, bad_audio, too_large */
export async function decodeWav(bytes: Uint8Array, sink: PcmSink): Promise<void> {
  const input = new Input({ source: new BufferSource(bytes), formats: [WAVE] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw fault('unsupported', 'The file has no sound in it.');
    const channelCount = await track.getNumberOfChannels();
    if (channelCount > MOST_CHANNELS) {
      throw fault('unsupported', `The file has ${channelCount} channels; at most ${MOST_CHANNELS} can be read.`);
    }
    if (!(await track.canDecode())) throw fault('unsupported', 'This kind of WAV file cannot be read.');
    for await (const sample of new AudioSampleSink(track).samples()) {
      const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
        const plane = new Float32Array(sample.numberOfFrames);
        sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
        return plane;
      });
      sample.close();
      sink.add(channels, sample.sampleRate);
    }
  } finally {
    input.dispose();
  }
}
