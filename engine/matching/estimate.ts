import { type FaultCode, toFault } from '../../shared/errors.ts';
import type { MappedVoice, MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { verdictInForce } from '../../shared/schemas/mapping.ts';
import type { Amount, MatchEstimate, MatchPlan } from '../../shared/schemas/match-run.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { countCharacters } from '../../shared/text/sanitise.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Library } from '../library/library.ts';
import type { Registry } from '../providers/registry.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import { candidatesFor } from './candidates.ts';
import { plainVoice } from './plain-voice.ts';
import { needsLines, recordingsOf, secondsWanted } from './recordings.ts';
import { secondsPerCharacter } from './render-pace.ts';
import { SHARED_CHARACTERS, SHARED_TEXTS, sharedTexts, speakerOf } from './shared-texts.ts';
import { Sum } from './sum.ts';
import { isUnpriced } from './takes-for.ts';

export interface EstimateParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  synthesis: Pick<Synthesis, 'quote'>;
  voices: readonly Voice[];
  models: readonly Model[];
  signal: AbortSignal;
}

/** Refusals before anything is asked for: what cannot be spoken costs nothing. */
const UNSPEAKABLE: ReadonlySet<FaultCode> = new Set(['text_too_long', 'invalid', 'unknown_voice', 'unknown_model']);

/** The rows that a plan is about: those it names, or all that nobody has approved. */
export function plannedRows(mapping: WholeMapping, { rowIds }: Pick<MatchPlan, 'rowIds'>): MappingRow[] {
  if (rowIds.length > 0) return mapping.rows.filter(({ id }) => rowIds.includes(id));
  return mapping.rows.filter((row) => verdictInForce(row)?.verdict !== 'approved');
}

/**
 * What looking for the successors of rows would take at most: what is there is not asked for again. Where it is not known
 * yet what comes (which candidates are nearest, what the old voice spoke before), the most is counted.
 *
 * @throws FaultError what a provider says whose voices cannot be read
 */
export async function estimateMatch(
  mapping: WholeMapping,
  plan: MatchPlan,
  parts: EstimateParts,
): Promise<MatchEstimate> {
  const sum = new Sum();
  const lines = mapping.lines.slice(0, plan.lines);
  const withoutCandidates: string[] = [];
  let free = 0;
  const quote = async (voice: MappedVoice, text: string) => {
    const key = JSON.stringify([voice.voiceId, voice.modelId, voice.settings, text]);
    if (!sum.isNew(key)) return;
    try {
      const quoted = await parts.synthesis.quote({ ...voice, text }, parts.signal);
      if (quoted.there) sum.cached += 1;
      // It is not asked for.
      else if (isUnpriced(quoted, parts.registry.provider(voiceIdParts(voice.voiceId).provider))) return;
      else sum.add(quoted.characters, quoted.cost);
    } catch (thrown) {
      if (!UNSPEAKABLE.has(toFault(thrown).code)) throw thrown;
    }
  };
  for (const row of plannedRows(mapping, plan)) {
    const { voices } = candidatesFor(row.source, parts.voices, mapping.to, row.anyLabels);
    if (voices.length === 0) {
      withoutCandidates.push(row.id);
      continue;
    }
    const { source } = row;
    const { voiceId } = source;
    const recorded = recordingsOf(source, parts.library());
    const listens = secondsWanted(source, mapping.from, recorded) > 0;
    if (voiceId !== null && listens && canBeHeardForNothing(voiceId, parts)) free += 1;
    if (voiceId !== null && plan.newLines && needsLines(source, mapping.from, recorded)) {
      for (const line of lines) await quote({ ...source, voiceId }, line);
    }
    for (const voice of voices) {
      for (const line of lines) await quote(plainVoice(voice, mapping.to), line);
    }
    const most = voices.map((voice) => matchingOf(voice, mapping, listens ? null : recorded, parts));
    addMatching(sum, most, plan);
  }
  return {
    renders: sum.renders,
    cached: sum.cached,
    free,
    characters: sum.characters,
    cost: sum.cost,
    seconds: sum.characters * secondsPerCharacter(parts.library(), mapping.to),
    withoutCandidates,
  };
}

function canBeHeardForNothing(voiceId: string, { registry }: EstimateParts): boolean {
  const provider = registry.provider(voiceIdParts(voiceId).provider);
  return provider?.pastSpeech !== undefined || provider?.preview !== undefined;
}

/** What a candidate speaks where its settings are matched. */
interface Matching {
  texts: number;
  /** Of the longest text. */
  characters: number;
  cost: Amount | null;
}

/** @param recorded what alone the old voice is heard in; null where it is not known yet what else it is heard in */
function matchingOf(
  voice: Voice,
  mapping: WholeMapping,
  recorded: Parameters<typeof sharedTexts>[0] | null,
  { registry, models }: EstimateParts,
): Matching {
  const { provider, local } = voiceIdParts(voice.id);
  const modelId = plainVoice(voice, mapping.to).modelId ?? voice.model;
  const speaker = speakerOf(
    voice,
    models.find((model) => model.provider === voice.provider && model.id === modelId),
  );
  const texts = recorded && sharedTexts(recorded, speaker);
  const characters = texts ? Math.max(0, ...texts.map(({ text }) => countCharacters(text))) : SHARED_CHARACTERS;
  const cost = registry.provider(provider)?.estimate(modelId, characters, local) ?? null;
  return { texts: texts?.length ?? SHARED_TEXTS, characters, cost };
}

/** Adds what matching the settings takes at most: the dearest candidates speak the texts of the old voice, and tries of them. */
function addMatching(sum: Sum, candidates: readonly Matching[], { matched, searchRenders }: MatchPlan): void {
  const texts = Math.max(0, ...candidates.map((one) => one.texts));
  if (texts === 0) return;
  const characters = Math.max(0, ...candidates.map((one) => one.characters));
  const dearest = candidates.reduce<Amount | null>(
    (most, { cost }) => (cost && cost.amount > (most?.amount ?? 0) ? cost : most),
    null,
  );
  sum.add(characters, dearest, Math.min(matched, candidates.length) * (texts + searchRenders));
}
