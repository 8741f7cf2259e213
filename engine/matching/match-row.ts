import { fault } from '../../shared/errors.ts';
import { heardThrough } from '../../shared/profile/heard-through.ts';
import { profileOf } from '../../shared/profile/voice-profile.ts';
import { mergedStatistics, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import { KEPT_CANDIDATES, type MappingRow, type Proposal, type WholeMapping } from '../../shared/schemas/mapping.ts';
import type { MatchPlan } from '../../shared/schemas/match-run.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import type { Library } from '../library/library.ts';
import type { Registry } from '../providers/registry.ts';
import { candidatesFor } from './candidates.ts';
import { hearSource } from './hear-source.ts';
import { type HeardOld, matchSettings, unmatched } from './match-settings.ts';
import { plainVoice } from './plain-voice.ts';
import type { Profiler } from './profiler.ts';
import type { TakesFor } from './takes-for.ts';
import type { VoiceBook } from './voice-book.ts';

/** Takes that are asked for at once; the provider's own limits hold beside. */
const AT_ONCE = 4;

export interface MatchRowParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  /** All voices and models there are. */
  voices: readonly Voice[];
  models: readonly Model[];
  takes: TakesFor;
  profiler: Profiler;
  book: VoiceBook;
  plan: MatchPlan;
  signal: AbortSignal;
  /** Told what is being done, in words. */
  onNote(note: string): void;
}

/** Does something with each, so many at once. The first failure ends it. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, left.length) }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

/**
 * Looks for the successors of one voice: hears it, has the candidates speak, ranks them, and matches the settings of the
 * nearest ones.
 *
 * @throws FaultError what the providers say; not_found where nothing of the old voice can be heard, or no candidate is left
 */
export async function matchRow(mapping: WholeMapping, row: MappingRow, parts: MatchRowParts): Promise<Proposal> {
  const { plan, book, profiler, takes, onNote } = parts;
  const lines = mapping.lines.slice(0, plan.lines);
  const name = row.source.voiceName || row.source.voiceId || 'the old voice';
  const { voices, leftOut } = candidatesFor(row.source, parts.voices, mapping.to, row.anyLabels);
  if (voices.length === 0) {
    throw fault('not_found', `No voice there is labelled like ${name}.`, {
      kept: 'Nothing was asked for.',
      todo: 'Compare it with voices of any label.',
    });
  }
  onNote(`Hearing ${name}`);
  const old = await heardOld(mapping, row, lines, parts);
  const speaking = voices.filter(({ id }) => !book.has(id));
  let spoken = 0;
  await eachOf(speaking, async (voice) => {
    const plain = plainVoice(voice, mapping.to);
    const own = [];
    for (const line of lines) own.push(await takes.take(plain, line));
    await book.add(plain, own);
    spoken += 1;
    onNote(`${spoken} of ${speaking.length} candidates have spoken`);
  });
  const ranked = book
    .ranked(
      old.all,
      voices.map(({ id }) => id),
    )
    .slice(0, KEPT_CANDIDATES);
  const candidates = [];
  for (const [place, candidate] of ranked.entries()) {
    if (place >= plan.matched) {
      candidates.push(unmatched(old, candidate));
      continue;
    }
    onNote(`Bringing ${candidate.voice.voiceName} to ${name}`);
    const specs = specsOf(candidate.voice.voiceId, candidate.voice.modelId, parts);
    const own = { takes, profiler, space: book.space, specs, searchRenders: plan.searchRenders, signal: parts.signal };
    candidates.push(await matchSettings(old, candidate, own));
  }
  return {
    at: Date.now(),
    profile: profileOf(old.heard),
    takeIds: old.takes.map(({ take }) => take.id),
    candidates,
    compared: voices.length,
    leftOut,
  };
}

async function heardOld(
  mapping: WholeMapping,
  row: MappingRow,
  lines: string[],
  parts: MatchRowParts,
): Promise<HeardOld> {
  const { takes } = await hearSource(row, mapping.from, parts.plan.newLines ? lines : [], parts);
  if (takes.length === 0) {
    throw fault('not_found', 'Nothing of this voice can be heard without asking for new lines.', {
      kept: 'Nothing was asked for.',
      todo: 'Let it speak new lines, or add recordings of it.',
    });
  }
  const stored = await Promise.all(takes.map(({ id }) => parts.profiler.statistics(id)));
  const heard = takes.map((take, place) => ({
    take,
    heard: heardThrough(stored[place] as VoiceStatistics, take.studio),
  }));
  return {
    source: row.source,
    takes: heard,
    all: mergedStatistics(stored),
    heard: mergedStatistics(heard.map(({ heard: own }) => own)),
  };
}

function specsOf(voiceId: string, modelId: string | null, { voices, models }: MatchRowParts) {
  const voice = voices.find(({ id }) => id === voiceId);
  const model = models.find(({ id, provider }) => provider === voice?.provider && id === (modelId ?? voice.model));
  return model?.capabilities.parameters ?? [];
}
