import type { MappingSide, SourceVoice } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';

/** Seconds of sound of the old voice that are enough. */
const ENOUGH = 15;
/** Seconds under which it speaks new lines, where it may. */
const TOO_LITTLE = 6;

/** Seconds of sound in takes. */
export const secondsOf = (takes: readonly Take[]): number =>
  takes.reduce((sum, take) => sum + take.samples / take.sampleRate, 0);

/** The recordings of a voice that can be heard: those that are there, and not being made just now. */
export function recordingsOf({ recordings }: SourceVoice, library: Library): Take[] {
  return recordings.flatMap((id) => {
    const take = library.take(id);
    return take && take.samples > 0 && take.state !== 'rendering' ? [take] : [];
  });
}

/** Seconds of an old voice that are still to be fetched where that costs nothing; 0 where none are. */
export function secondsWanted(source: SourceVoice, from: MappingSide, heard: readonly Take[]): number {
  if (source.voiceId === null || from.kind === 'recordings') return 0;
  return Math.max(0, ENOUGH - secondsOf(heard));
}

/** Whether an old voice has to speak new lines to be known, where it may. */
export function needsLines(source: SourceVoice, from: MappingSide, heard: readonly Take[]): boolean {
  return secondsWanted(source, from, heard) > 0 && secondsOf(heard) < TOO_LITTLE;
}
