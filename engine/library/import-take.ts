import { randomUUID } from 'node:crypto';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO, type Settings } from '../../shared/controls/controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { ImportedAudio, TakeDraft } from './library.ts';
import type { TakeMaker } from './take-maker.ts';

/** Samples written at once: a second or two, so that memory and the disk's queue stay small. */
const PIECE = 65_536;

/** Provider, voice and model of audio that was brought in. */
const IMPORTED = { provider: 'import', voiceId: 'import:file', voiceName: 'Imported', model: 'file' };

/** Stores audio that was brought in as a take of its own. */
export async function importTake(takes: TakeMaker, input: ImportedAudio): Promise<Take> {
  const now = Date.now();
  const settings = input.settings ?? NEUTRAL_SETTINGS;
  const draft: TakeDraft = {
    ...IMPORTED,
    id: randomUUID(),
    projectId: input.projectId,
    source: 'imported',
    name: input.name.slice(0, 200),
    note: (input.notes ?? []).join(' '),
    rating: null,
    text: input.text,
    language: input.language,
    characters: [...input.text].length,
    settings,
    // The file sounds as it is: settings that come with it say how it was made, not what is still to be done.
    studio: NEUTRAL_STUDIO,
    sent: sentOf(settings),
    request: {},
    seed: settings.seed,
    cached: false,
    sentAt: now,
    cost: { estimated: 0, billed: null, currency: '' },
    sampleRate: input.sampleRate,
    createdAt: now,
  };
  const writer = await takes.begin(draft, null);
  const end = {
    firstByteAt: null,
    lastByteAt: now,
    cost: draft.cost,
    seed: draft.seed,
    request: draft.request,
    sampleRate: input.sampleRate,
  };
  try {
    for (let from = 0; from < input.samples.length; from += PIECE) {
      await writer.append(input.samples.subarray(from, from + PIECE));
    }
  } catch (thrown) {
    await takes.abandon(draft.id);
    throw thrown;
  }
  return writer.finish({ ...end, state: 'done', fault: null });
}

const sentOf = ({ speed, pitch, volume }: Settings) => ({ speed, pitch, volume });
