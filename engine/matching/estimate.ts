import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type { MappedVoice, MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { verdictInForce } from '../../shared/schemas/mapping.ts';
import type { Amount, MatchEstimate, MatchPlan } from '../../shared/schemas/match-run.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Library } from '../library/library.ts';
import type { Registry } from '../providers/registry.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import { candidatesFor } from './candidates.ts';
import { SHARED_TEXTS, sharedTexts } from './match-settings.ts';
import { plainVoice } from './plain-voice.ts';

/** About how many s a render takes, and how many are under way at once. */
const SECONDS_EACH = 3;
const AT_ONCE = 2;
/** Characters of what the old voice spoke before, where it is not known yet: about as long as a line may be. */
const UNKNOWN_CHARACTERS = 250;

export interface EstimateParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  synthesis: Pick<Synthesis, 'quote'>;
  voices: readonly Voice[];
  signal: AbortSignal;
}

/** Adds up what would be asked for, each request once. */
class Sum {
  renders = 0;
  cached = 0;
  characters = 0;
  readonly #cost = new Map<string, number>();
  readonly #seen = new Set<string>();

  /** @returns whether it was added before */
  isNew(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  add(characters: number, cost: Amount | null, times = 1): void {
    this.renders += times;
    this.characters += characters * times;
    if (cost && cost.amount > 0) {
      this.#cost.set(cost.currency, (this.#cost.get(cost.currency) ?? 0) + cost.amount * times);
    }
  }

  get cost(): Amount[] {
    return [...this.#cost].map(([currency, amount]) => ({ currency, amount }));
  }
}

/** The rows that a plan is about: those it names, or all that nobody has approved. */
export function plannedRows(mapping: WholeMapping, { rowIds }: Pick<MatchPlan, 'rowIds'>): MappingRow[] {
  if (rowIds.length > 0) return mapping.rows.filter(({ id }) => rowIds.includes(id));
  return mapping.rows.filter((row) => verdictInForce(row)?.verdict !== 'approved');
}

/**
 * What looking for the successors of rows would take at most: what is there is not asked for again. Where it is not known
 * yet what comes (which candidates are nearest, what the old voice spoke before), the most is counted.
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
    const { there, characters, cost } = await parts.synthesis.quote({ ...voice, text }, parts.signal);
    if (there) sum.cached += 1;
    else sum.add(characters, cost);
  };
  for (const row of plannedRows(mapping, plan)) {
    const { voices } = candidatesFor(row.source, parts.voices, mapping.to, row.anyLabels);
    if (voices.length === 0) {
      withoutCandidates.push(row.id);
      continue;
    }
    const { voiceId } = row.source;
    const listening = row.source.recordings.length === 0 && voiceId !== null && canBeHeardForNothing(voiceId, parts);
    if (listening) free += 1;
    if (voiceId !== null && mapping.from.kind === 'provider' && plan.newLines && row.source.recordings.length === 0) {
      for (const line of lines) await quote({ ...row.source, voiceId }, line);
    }
    for (const voice of voices) {
      for (const line of lines) await quote(plainVoice(voice, mapping.to), line);
    }
    await addMatching(row, voices, mapping, plan, sum, parts);
  }
  return {
    renders: sum.renders,
    cached: sum.cached,
    free,
    characters: sum.characters,
    cost: sum.cost,
    seconds: (sum.renders * SECONDS_EACH) / AT_ONCE,
    withoutCandidates,
  };
}

function canBeHeardForNothing(voiceId: string, { registry }: EstimateParts): boolean {
  const provider = registry.provider(voiceIdParts(voiceId).provider);
  return provider?.pastSpeech !== undefined || provider?.preview !== undefined;
}

/** Adds what matching the settings takes: the nearest candidates speak the texts of the old voice, and tries of it. */
async function addMatching(
  { source }: MappingRow,
  voices: readonly Voice[],
  mapping: WholeMapping,
  plan: MatchPlan,
  sum: Sum,
  { library, registry }: EstimateParts,
): Promise<void> {
  const recorded = source.recordings.flatMap((id) => library().take(id) ?? []);
  const known = recorded.length > 0;
  const texts = known ? sharedTexts(recorded) : [];
  const count = known ? texts.length : SHARED_TEXTS;
  const longest = Math.max(UNKNOWN_CHARACTERS, ...mapping.lines.map((line) => line.length));
  const characters = known ? Math.max(0, ...texts.map((text) => text.length)) : longest;
  const matched = Math.min(plan.matched, voices.length);
  const times = matched * count * (1 + plan.searchRenders);
  if (times === 0) return;
  const dearest = voices
    .map((voice) => {
      const { provider, local } = voiceIdParts(voice.id);
      const { modelId } = plainVoice(voice, mapping.to);
      return registry.provider(provider)?.estimate(modelId ?? voice.model, characters, local) ?? null;
    })
    .reduce<Amount | null>((most, one) => (one && one.amount > (most?.amount ?? 0) ? one : most), null);
  sum.add(characters, dearest, times);
}

/** Settings of a voice of a provider as it is in use. */
export function usualSettings(speed: number | undefined, parameters: Record<string, number | string | boolean>) {
  const within = speed === undefined ? 1 : Math.min(2, Math.max(0.5, speed));
  return { ...NEUTRAL_SETTINGS, speed: within, parameters };
}
