import { FaultError, fault, toFault } from '../../shared/errors.ts';
import { heardThrough } from '../../shared/profile/heard-through.ts';
import { profileOf } from '../../shared/profile/voice-profile.ts';
import { mergedStatistics } from '../../shared/profile/voice-statistics.ts';
import {
  type Candidate,
  type FailedCandidate,
  KEPT_CANDIDATES,
  KEPT_FAILED,
  type MappingRow,
  type Proposal,
  type WholeMapping,
} from '../../shared/schemas/mapping.ts';
import type { MatchPlan } from '../../shared/schemas/match-run.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import type { Levels } from '../levels/levels.ts';
import type { Library } from '../library/library.ts';
import type { Registry } from '../providers/registry.ts';
import { untilAborted } from '../providers/until-aborted.ts';
import { candidatesFor } from './candidates.ts';
import { hearCandidates } from './hear-candidates.ts';
import { hearSource } from './hear-source.ts';
import { type HeardOld, matchSettings, unmatched } from './match-settings.ts';
import { isOfAll, isOfDisk } from './of-all.ts';
import { plainVoice } from './plain-voice.ts';
import type { Profiler } from './profiler.ts';
import { speakerOf } from './shared-texts.ts';
import type { TakesFor } from './takes-for.ts';
import { LEAST_SPEECH, type VoiceBook } from './voice-book.ts';

/** Takes of the old voice that a proposal names, at most. */
const MOST_TAKES = 500;

export interface MatchRowParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  /** All voices and models there are. */
  voices: readonly Voice[];
  models: readonly Model[];
  takes: TakesFor;
  profiler: Pick<Profiler, 'statistics'>;
  levels: Pick<Levels, 'level'>;
  book: VoiceBook;
  plan: MatchPlan;
  signal: AbortSignal;
  /** Told what is being done, in words. */
  onNote(note: string): void;
}

/**
 * Looks for the successors of one voice: hears it, has the candidates speak, ranks them, and matches the settings of the
 * nearest ones. A candidate that fails is left out, and is named in the proposal.
 *
 * @throws FaultError not_found where nothing of the old voice can be heard, or no candidate is left; why the candidates
 *   failed, where all did; OfAll; cancelled
 */
export async function matchRow(mapping: WholeMapping, row: MappingRow, parts: MatchRowParts): Promise<Proposal> {
  const { plan, book, onNote } = parts;
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
  const plain = voices.map((voice) => plainVoice(voice, mapping.to));
  const onSpoken = (spoken: number, all: number) => onNote(`${spoken} of ${all} candidates have spoken`);
  await hearCandidates(plain, lines, { ...parts, onSpoken });
  const failed = plain.flatMap(({ voiceId, voiceName }): FailedCandidate[] => {
    const why = book.failed.get(voiceId);
    return why ? [{ voiceId, voiceName, fault: why }] : [];
  });
  const heard = plain.map(({ voiceId }) => voiceId).filter((id) => book.has(id));
  if (heard.length === 0) throw allFailed(failed);
  const candidates: Candidate[] = [];
  for (const [place, candidate] of book.ranked(old.all, heard).slice(0, KEPT_CANDIDATES).entries()) {
    if (place >= plan.matched) {
      candidates.push(unmatched(old, candidate));
      continue;
    }
    onNote(`Bringing ${candidate.voice.voiceName} to ${name}`);
    try {
      const model = modelOf(candidate.voice.voiceId, candidate.voice.modelId, parts);
      const own = { ...parts, ...model, space: book.space, searchRenders: plan.searchRenders };
      candidates.push(await matchSettings(old, candidate, own));
    } catch (thrown) {
      if (parts.signal.aborted || isOfAll(thrown)) throw thrown;
      const { voiceId, voiceName } = candidate.voice;
      failed.unshift({ voiceId, voiceName, fault: toFault(thrown) });
      candidates.push(unmatched(old, candidate));
    }
  }
  return {
    at: Date.now(),
    profile: profileOf(old.heard),
    takeIds: old.takes.map(({ take }) => take.id).slice(0, MOST_TAKES),
    candidates,
    compared: heard.length,
    leftOut,
    ...(failed.length > 0 ? { failed: failed.slice(0, KEPT_FAILED) } : {}),
  };
}

/** Why a row has no candidate, though there are voices: what the first of them met. */
function allFailed([first, ...others]: readonly FailedCandidate[]): FaultError {
  if (!first) return fault('not_found', 'None of the voices there could be heard.');
  if (others.length === 0) return new FaultError(first.fault);
  const message = `None of the ${others.length + 1} voices there could be heard. ${first.voiceName}: ${first.fault.message}`;
  return new FaultError({ ...first.fault, message });
}

/** What is known of the old voice. What of it cannot be measured is left out. */
async function heardOld(
  mapping: WholeMapping,
  row: MappingRow,
  lines: string[],
  parts: MatchRowParts,
): Promise<HeardOld> {
  const { plan, profiler, signal } = parts;
  const takes = await hearSource(row, mapping.from, plan.newLines ? lines : [], parts);
  const measured = [];
  let why: unknown = null;
  for (const take of takes) {
    try {
      // Long recordings take a while, and who stops the run does not wait for them.
      measured.push({ take, stored: await untilAborted(signal, profiler.statistics(take.id)) });
    } catch (thrown) {
      if (signal.aborted || isOfDisk(thrown)) throw thrown;
      why = thrown;
    }
  }
  if (measured.length === 0) throw why;
  const all = mergedStatistics(measured.map(({ stored }) => stored));
  if (all.speech < LEAST_SPEECH) {
    throw fault('bad_audio', 'No speech is heard in what there is of this voice.', {
      todo: 'Add recordings in which it speaks, or let it speak new lines.',
    });
  }
  const heard = measured.map(({ take, stored }) => ({ take, heard: heardThrough(stored, take.studio) }));
  return {
    source: row.source,
    takes: heard,
    all,
    heard: mergedStatistics(heard.map(({ heard: own }) => own)),
  };
}

function modelOf(voiceId: string, modelId: string | null, { voices, models }: MatchRowParts) {
  const voice = voices.find(({ id }) => id === voiceId);
  const model = models.find(({ id, provider }) => provider === voice?.provider && id === (modelId ?? voice.model));
  return { specs: model?.capabilities.parameters ?? [], speaker: speakerOf(voice, model) };
}
