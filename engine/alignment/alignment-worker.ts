import { alignTakes } from '../../shared/alignment/align.ts';
import { chooseAlignment } from '../../shared/alignment/choose-alignment.ts';
import { packFeatures, unpackFeatures } from '../../shared/alignment/pack-features.ts';
import { SpeechFeatureStream } from '../../shared/alignment/speech-features.ts';
import { fault } from '../../shared/errors.ts';
import { readSamples } from '../analysis/read-samples.ts';
import { type Answer, answerCommands } from '../workers/answer-commands.ts';
import { type AlignedAnswer, AlignmentTask } from './alignment-task.ts';

type Side = Extract<AlignmentTask, { kind: 'align' }>['a'];

/** Sounds that are still being made, by name. */
const arriving = new Map<string, SpeechFeatureStream>();

function packed(stream: SpeechFeatureStream | undefined): Answer {
  if (stream === undefined) return { result: { features: null } };
  const features = packFeatures(stream.finish());
  return { result: { features }, transfer: [features.buffer] };
}

async function ofStored({ path, samples, sampleRate }: Extract<AlignmentTask, { kind: 'stored' }>['sound']) {
  const stream = new SpeechFeatureStream(sampleRate);
  for await (const piece of readSamples(path, 0, samples)) stream.push(piece);
  return packed(stream);
}

function unpacked({ features }: Side) {
  const read = unpackFeatures(features);
  // The engine asks for features of this version only.
  if (read === null) throw fault('internal', 'The features of a take cannot be read.');
  return read;
}

function aligned(a: Side, b: Side): AlignedAnswer {
  return chooseAlignment(alignTakes(unpacked(a), unpacked(b)), { a: a.timings, b: b.timings });
}

answerCommands(AlignmentTask, async (task) => {
  if (task.kind === 'stored') return ofStored(task.sound);
  if (task.kind === 'align') return { result: aligned(task.a, task.b) };
  if (task.kind === 'push') {
    const stream = task.first ? new SpeechFeatureStream(task.sampleRate) : arriving.get(task.name);
    if (stream === undefined) throw fault('conflict', 'What came before of this sound is not there.');
    arriving.set(task.name, stream);
    stream.push(task.samples);
    return { result: { features: null } };
  }
  const stream = arriving.get(task.name);
  arriving.delete(task.name);
  return task.kind === 'finish' ? packed(stream) : { result: { features: null } };
});
