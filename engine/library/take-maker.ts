import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Take } from '../../shared/schemas/take.ts';
import { AudioFileWriter, audioPath, removeAudio } from './audio-files.ts';
import { DATABASE_FILE } from './home.ts';
import type { TakeDraft, TakeEnd, TakeWriter } from './library.ts';
import type { Place } from './place.ts';
import { beingMoved, folderGone } from './storage-fault.ts';
import { type TakeStore, takenId } from './take-store.ts';
import { storeTimings } from './take-timings.ts';
import { FileTakeWriter } from './take-writer.ts';

/** Takes while they are made: from their first row to their last sample. */
export class TakeMaker {
  readonly #place: Place;
  readonly #store: TakeStore;
  readonly #writers = new Map<string, FileTakeWriter>();

  constructor(place: Place, store: TakeStore) {
    this.#place = place;
    this.#store = store;
  }

  /**
   * Stores a take as `rendering` and opens its audio.
   *
   * @param requestKey under which the same request finds it again; null where it answers none
   */
  async begin(draft: TakeDraft, requestKey: string | null): Promise<TakeWriter> {
    const { database, home, processId } = this.#place;
    if (this.#place.moving) throw beingMoved();
    // An open database goes on working when its file is removed; what it stores is lost when it is closed.
    if (!existsSync(join(home, DATABASE_FILE))) throw folderGone(home);
    if (this.#place.making.has(draft.id)) throw takenId();
    const audioId = randomUUID();
    const take: Take = {
      ...draft,
      state: 'rendering',
      answer: {},
      answeredBy: draft.answeredBy ?? null,
      timed: false,
      samples: 0,
      measurements: null,
      fault: null,
      firstByteAt: null,
      lastByteAt: null,
    };
    // Known as being made from before its row, so that nobody takes the row for one that was left behind.
    this.#place.making.set(draft.id, audioId);
    try {
      database.transaction(() => {
        database.run('INSERT INTO audio (id, sample_rate, samples) VALUES (?, ?, 0)', audioId, draft.sampleRate);
        this.#store.insert(take, audioId, { request_key: requestKey, writer: processId });
      });
    } catch (thrown) {
      this.#place.making.delete(draft.id);
      throw thrown;
    }
    try {
      const file = await AudioFileWriter.create(audioPath(home, audioId));
      const writer = new FileTakeWriter(file, (end, samples) => this.#storeEnd(draft.id, audioId, end, samples));
      this.#writers.set(draft.id, writer);
      return writer;
    } catch (thrown) {
      this.#forget(draft.id, audioId);
      throw thrown;
    }
  }

  /** Removes a take whose audio could not be stored, with what there is of it. */
  async abandon(id: string): Promise<void> {
    const audioId = this.#store.audioId(id);
    await this.#writers.get(id)?.discard();
    this.#forget(id, audioId);
  }

  /** Ends what is still being written, as incomplete. */
  async close(): Promise<void> {
    const ends = [...this.#writers].map(async ([id, writer]) => {
      const take = this.#store.known(id);
      await writer.finish({
        state: 'incomplete',
        fault: {
          code: 'cancelled',
          message: 'Timbre was closed while this take was being made.',
          kept: 'What had arrived is kept.',
        },
        firstByteAt: take.firstByteAt,
        lastByteAt: Date.now(),
        cost: take.cost,
        seed: take.seed,
        request: take.request,
        sampleRate: take.sampleRate,
      });
    });
    // One that cannot be stored now is recovered at the next start; the others are stored all the same.
    await Promise.allSettled(ends);
  }

  #storeEnd(id: string, audioId: string, end: TakeEnd, samples: number): Take {
    const { database } = this.#place;
    // Where the end cannot be stored, the owner turns the take into an incomplete one as soon as that is possible.
    this.#stopMaking(id, audioId);
    database.transaction(() => {
      database.run('UPDATE audio SET sample_rate = ?, samples = ? WHERE id = ?', end.sampleRate, samples, audioId);
      database.run(
        `UPDATE takes SET state = ?, fault = ?, first_byte_at = ?, last_byte_at = ?, cost = ?, seed = ?, request = ?,
           answer = ?, timed = ?, sample_rate = ?, samples = ?, writer = NULL WHERE id = ?`,
        end.state,
        end.fault === null ? null : JSON.stringify(end.fault),
        end.firstByteAt,
        end.lastByteAt,
        JSON.stringify(end.cost),
        end.seed,
        JSON.stringify(end.request),
        JSON.stringify(end.answer ?? {}),
        end.timings ? 1 : 0,
        end.sampleRate,
        samples,
        id,
      );
      if (end.timings) storeTimings(this.#place, audioId, end.timings);
    });
    return this.#store.known(id);
  }

  #forget(id: string, audioId: string): void {
    const { database, home } = this.#place;
    this.#stopMaking(id, audioId);
    database.transaction(() => {
      database.run('DELETE FROM takes WHERE id = ?', id);
      database.run('DELETE FROM audio WHERE id = ?', audioId);
    });
    void removeAudio(home, audioId).catch(() => {});
  }

  #stopMaking(id: string, audioId: string): void {
    this.#writers.delete(id);
    if (this.#place.making.get(id) === audioId) this.#place.making.delete(id);
  }
}
