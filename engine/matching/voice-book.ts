import { type Fault, fault } from '../../shared/errors.ts';
import { type PlacedVoice, placedVoice, VoiceSpace } from '../../shared/profile/voice-space.ts';
import { mergedStatistics, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import type { MappedVoice } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Profiler } from './profiler.ts';

/** Seconds of speech under which nothing was heard: a hum, a click, silence. */
export const LEAST_SPEECH = 0.5;

/** A candidate as it was heard. */
export interface BookedVoice {
  voice: MappedVoice;
  takes: Take[];
  heard: VoiceStatistics[];
  all: VoiceStatistics;
  placed: PlacedVoice;
}

/** A candidate and how far it is. */
export interface RankedVoice extends BookedVoice {
  distance: number;
}

/** The candidates of a run as they were heard, each once, whatever voices they are compared with. */
export class VoiceBook {
  readonly #profiler: Pick<Profiler, 'statistics'>;
  readonly #booked = new Map<string, BookedVoice>();
  /** Why voices could not be heard: what failed once is not asked again by every row. */
  readonly failed = new Map<string, Fault>();
  #space: { size: number; space: VoiceSpace } | null = null;

  constructor(profiler: Pick<Profiler, 'statistics'>) {
    this.#profiler = profiler;
  }

  /** Whether it was heard. */
  has(voiceId: string): boolean {
    return this.#booked.has(voiceId);
  }

  /** @throws FaultError bad_audio where there is no speech in it; what cannot be measured */
  async add(voice: MappedVoice, takes: Take[]): Promise<void> {
    const heard = await Promise.all(takes.map(({ id }) => this.#profiler.statistics(id)));
    const all = mergedStatistics(heard);
    if (all.speech < LEAST_SPEECH) throw fault('bad_audio', 'No speech is heard in what it was to say.');
    this.#booked.set(voice.voiceId, { voice, takes, heard, all, placed: placedVoice({ takes: heard }) });
  }

  /** Those of them that were heard, the nearest first. */
  ranked(target: VoiceStatistics, voiceIds: readonly string[]): RankedVoice[] {
    const voices = voiceIds.flatMap((id) => this.#booked.get(id) ?? []);
    const distances = this.space.distances(
      target,
      voices.map(({ placed }) => placed),
    );
    return voices
      .map((voice, place) => ({ ...voice, distance: distances[place] ?? Number.POSITIVE_INFINITY }))
      .toSorted((a, b) => a.distance - b.distance);
  }

  /** All that was heard says what differs within voices. */
  get space(): VoiceSpace {
    if (this.#space?.size !== this.#booked.size) {
      const voices = [...this.#booked.values()].map(({ heard }) => ({ takes: heard }));
      this.#space = { size: this.#booked.size, space: new VoiceSpace(voices) };
    }
    return this.#space.space;
  }
}
