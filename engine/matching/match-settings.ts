import type { ParameterSpec } from '../../shared/controls/controls.ts';
import { boundedSearch } from '../../shared/matching/bounded-search.ts';
import { startParameters } from '../../shared/matching/expression-curves.ts';
import { isMatched, leftovers, type Pair, solveControls } from '../../shared/matching/solve-controls.ts';
import { profileOf } from '../../shared/profile/voice-profile.ts';
import { type PlacedVoice, placedVoice, type VoiceSpace } from '../../shared/profile/voice-space.ts';
import { mergedStatistics, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import type { Candidate, MappedVoice, SourceVoice } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Profiler } from './profiler.ts';
import type { TakesFor } from './takes-for.ts';
import type { RankedVoice } from './voice-book.ts';

/** Texts of the old voice that a candidate speaks, too. */
export const SHARED_TEXTS = 2;
/** Semitones of pitch spread that weigh as much as a distance of 1 where expressive parameters are looked for. */
const SPREAD_WEIGHT = 0.5;

export interface MatchSettingsParts {
  takes: TakesFor;
  profiler: Pick<Profiler, 'statistics'>;
  space: VoiceSpace;
  /** Parameters of the candidate's model. */
  specs: readonly ParameterSpec[];
  /** Renders that may be spent on expressive parameters. */
  searchRenders: number;
  signal: AbortSignal;
}

/** The old voice as it was heard. */
export interface HeardOld {
  source: SourceVoice;
  /** Its takes, and what was measured of each as it is heard. */
  takes: readonly { take: Take; heard: VoiceStatistics }[];
  /** Of all of them as they are stored: what tells who it is. */
  all: VoiceStatistics;
  /** As they are heard: what its settings are matched to. */
  heard: VoiceStatistics;
}

/** Both voices in the same texts. */
interface Together {
  pair: Pair;
  placed: PlacedVoice;
  takes: Take[];
}

/** Texts that the old voice was heard in, the longest ones first: they say most. */
export function sharedTexts(takes: readonly Pick<Take, 'text' | 'state'>[]): string[] {
  const texts = takes.filter(({ text, state }) => state === 'done' && text.trim() !== '').map(({ text }) => text);
  return [...new Set(texts)].toSorted((a, b) => b.length - a.length).slice(0, SHARED_TEXTS);
}

/** Has a voice speak the texts of the old one, and measures both over them. */
async function together(old: HeardOld, voice: MappedVoice, { takes, profiler }: MatchSettingsParts): Promise<Together> {
  const texts = sharedTexts(old.takes.map(({ take }) => take));
  const spoken = await Promise.all(texts.map((text) => takes.take(voice, text)));
  const heard = await Promise.all(spoken.map(({ id }) => profiler.statistics(id)));
  const before = mergedStatistics(
    old.takes.filter(({ take }) => texts.includes(take.text)).map(({ heard: own }) => own),
  );
  const after = mergedStatistics(heard);
  // One text may have been heard of the old voice several times.
  const times = old.takes.filter(({ take }) => texts.includes(take.text)).length / Math.max(1, texts.length);
  return {
    pair: {
      old: profileOf(before),
      new: profileOf(after),
      pace: after.speech > 0 ? before.speech / times / after.speech : null,
    },
    placed: placedVoice({ takes: heard }),
    takes: spoken,
  };
}

/**
 * The settings that bring a candidate as near to the old voice as they can: expressive parameters from the table and, where
 * renders may be spent on it, by search; then speed, pitch and volume in closed form, over texts that both speak.
 *
 * @throws FaultError what the provider says
 */
export async function matchSettings(old: HeardOld, ranked: RankedVoice, parts: MatchSettingsParts): Promise<Candidate> {
  const { space, specs, searchRenders, signal } = parts;
  const { voice } = ranked;
  const texts = sharedTexts(old.takes.map(({ take }) => take));
  const begin = { ...voice.settings.parameters, ...startParameters(old.source.settings.parameters, specs) };
  let chosen: MappedVoice = { ...voice, settings: { ...voice.settings, parameters: begin } };
  let found: Together;
  if (texts.length === 0) {
    // Nobody knows what the old voice says: both are compared by what they say anyway.
    chosen = voice;
    found = {
      pair: { old: profileOf(old.heard), new: profileOf(ranked.all), pace: null },
      placed: ranked.placed,
      takes: [],
    };
  } else {
    found = await together(old, chosen, parts);
    const numbers = specs.filter(({ kind, name }) => kind === 'number' && EXPRESSIVE.has(name));
    if (searchRenders > 0 && numbers.length > 0) {
      const heard = new Map<string, { voice: MappedVoice; found: Together }>();
      const keyOf = (values: Record<string, number>) => JSON.stringify(values);
      const best = await boundedSearch({
        specs: numbers,
        start: Object.fromEntries(
          Object.entries(begin).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
        ),
        budget: searchRenders,
        signal,
        distance: async (values) => {
          const tried = { ...chosen, settings: { ...chosen.settings, parameters: { ...begin, ...values } } };
          const own = await together(old, tried, parts);
          heard.set(keyOf(values), { voice: tried, found: own });
          return howFar(space, old, own);
        },
      });
      const nearest = heard.get(keyOf(best.values));
      if (nearest) {
        chosen = nearest.voice;
        found = nearest.found;
      }
    }
  }
  const settings = solveControls(found.pair, chosen.settings);
  const left = leftovers(found.pair, chosen.settings, settings, ranked.distance);
  return {
    ...chosen,
    settings,
    distance: ranked.distance,
    matched: isMatched(left) ? 'matched' : 'not matched',
    leftover: left,
    profile: found.pair.new,
    takeIds: [...found.takes, ...ranked.takes].map(({ id }) => id),
  };
}

/** Parameters that change how a voice speaks rather than which voice it is. */
const EXPRESSIVE = new Set(['exaggeration', 'cfg_weight', 'temperature', 'stability', 'style']);

function howFar(space: VoiceSpace, old: HeardOld, { pair, placed }: Together): number {
  const spread = (pair.new.pitchSpread ?? 0) - (pair.old.pitchSpread ?? 0);
  return space.distance(old.all, placed) + SPREAD_WEIGHT * Math.abs(spread);
}

/** A candidate whose settings were not looked for. */
export function unmatched(old: HeardOld, { voice, all, takes, distance }: RankedVoice): Candidate {
  const pair: Pair = { old: profileOf(old.heard), new: profileOf(all), pace: null };
  const settings = solveControls(pair, voice.settings);
  return {
    ...voice,
    settings,
    distance,
    matched: 'not tried',
    leftover: leftovers(pair, voice.settings, settings, distance),
    profile: pair.new,
    takeIds: takes.map(({ id }) => id),
  };
}
