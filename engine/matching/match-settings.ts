import type { ParameterSpec } from '../../shared/controls/controls.ts';
import { boundedSearch } from '../../shared/matching/bounded-search.ts';
import { fitting, startParameters } from '../../shared/matching/expression-curves.ts';
import { isMatched, leftovers, type Pair, profileAsSet, solveControls } from '../../shared/matching/solve-controls.ts';
import { profileOf } from '../../shared/profile/voice-profile.ts';
import { type PlacedVoice, placedVoice, type VoiceSpace } from '../../shared/profile/voice-space.ts';
import { mergedStatistics, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import type { Candidate, MappedVoice, SourceVoice } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Levels } from '../levels/levels.ts';
import { eachOf } from './each-of.ts';
import { loudPair } from './loud-pair.ts';
import { isOfAll } from './of-all.ts';
import type { Profiler } from './profiler.ts';
import { type SharedText, type Speaker, sharedTexts } from './shared-texts.ts';
import type { TakesFor } from './takes-for.ts';
import type { RankedVoice } from './voice-book.ts';

/** Semitones of pitch spread that weigh as much as a distance of 1 where expressive parameters are looked for. */
const SPREAD_WEIGHT = 0.5;
/** Parameters that change how a voice speaks rather than which voice it is. */
const EXPRESSIVE = new Set(['exaggeration', 'cfg_weight', 'temperature', 'stability', 'style']);

export interface MatchSettingsParts {
  takes: TakesFor;
  profiler: Pick<Profiler, 'statistics'>;
  levels: Pick<Levels, 'level'>;
  space: VoiceSpace;
  /** Parameters of the candidate's model, and what it can speak. */
  specs: readonly ParameterSpec[];
  speaker: Speaker;
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

/** A voice as it was set, and both voices in the same texts. */
interface Together {
  voice: MappedVoice;
  pair: Pair;
  placed: PlacedVoice;
  /** Takes in which the new voice says the texts of the old one. */
  takes: Take[];
  /** Takes by which their loudness is compared. */
  heard: { old: Take[]; new: Take[] };
}

/** Has a voice speak the texts of the old one, and measures both over them. */
async function together(
  old: HeardOld,
  texts: readonly SharedText[],
  voice: MappedVoice,
  { takes, profiler }: MatchSettingsParts,
): Promise<Together> {
  const spoken = await eachOf(texts, texts.length, ({ text }) => takes.take(voice, text));
  const heard = await eachOf(spoken, spoken.length, ({ id }) => profiler.statistics(id));
  const said = texts.map(({ takeIds }) => old.takes.filter(({ take }) => takeIds.includes(take.id)));
  const before = said.map((takesOfText) => takesOfText.map(({ heard: own }) => own));
  return {
    voice,
    pair: {
      old: profileOf(mergedStatistics(before.flat())),
      new: profileOf(mergedStatistics(heard)),
      pace: paceOf(texts, before, heard),
    },
    placed: placedVoice({ takes: heard }),
    takes: spoken,
    heard: { old: said.flat().map(({ take }) => take), new: spoken },
  };
}

/** Times as long as the new voice the old one speaks, over what both say word for word; null where that is nothing. */
function paceOf(
  texts: readonly SharedText[],
  before: readonly VoiceStatistics[][],
  after: readonly VoiceStatistics[],
): number | null {
  let [old, own] = [0, 0];
  for (const [place, { same }] of texts.entries()) {
    const takes = before[place] ?? [];
    if (!same || takes.length === 0) continue;
    // One text may have been heard of the old voice several times.
    old += takes.reduce((sum, { speech }) => sum + speech, 0) / takes.length;
    own += after[place]?.speech ?? 0;
  }
  return old > 0 && own > 0 ? old / own : null;
}

/**
 * The settings that bring a candidate as near to the old voice as they can: expressive parameters from the table and, where
 * renders may be spent on it, by search; then speed, pitch and volume in closed form, over texts that both speak.
 *
 * @throws FaultError what the provider says; cancelled
 */
export async function matchSettings(old: HeardOld, ranked: RankedVoice, parts: MatchSettingsParts): Promise<Candidate> {
  const texts = sharedTexts(
    old.takes.map(({ take }) => take),
    parts.speaker,
  );
  const found = texts.length === 0 ? apart(old, ranked) : await searched(old, texts, ranked.voice, parts);
  const measured = found.voice.settings;
  const solved = solveControls(found.pair, measured);
  const pair = await loudPair(found.pair, found.heard, { measured, solved }, parts.levels);
  const settings = solveControls(pair, measured);
  const left = leftovers(pair, measured, settings, ranked.distance);
  return {
    ...found.voice,
    settings,
    distance: ranked.distance,
    matched: isMatched(left) ? 'matched' : 'not matched',
    leftover: left,
    profile: profileAsSet(pair.new, measured, settings),
    takeIds: [...found.takes, ...ranked.takes].map(({ id }) => id),
  };
}

/** Nobody knows what the old voice says, or the new one cannot say it: both are compared by what they say anyway. */
function apart(old: HeardOld, { voice, all, placed, takes }: RankedVoice): Together {
  const pair = { old: profileOf(old.heard), new: profileOf(all), pace: null };
  return { voice, pair, placed, takes: [], heard: { old: old.takes.map(({ take }) => take), new: takes } };
}

/** The candidate with the expressive parameters that come nearest. */
async function searched(
  old: HeardOld,
  texts: readonly SharedText[],
  voice: MappedVoice,
  parts: MatchSettingsParts,
): Promise<Together> {
  const { space, specs, searchRenders, signal } = parts;
  const parameters = { ...voice.settings.parameters, ...startParameters(old.source.settings.parameters, specs) };
  const withParameters = (more: Record<string, number>): MappedVoice => ({
    ...voice,
    settings: { ...voice.settings, parameters: { ...parameters, ...more } },
  });
  const moved = specs.filter(({ kind, name }) => kind === 'number' && EXPRESSIVE.has(name));
  /** Every try takes a render of each text. */
  const tries = moved.length === 0 ? 0 : Math.floor(searchRenders / texts.length);
  if (tries === 0) return together(old, texts, withParameters({}), parts);
  const start = Object.fromEntries(
    moved.map((spec) => {
      const set = parameters[spec.name];
      return [spec.name, fitting(spec, typeof set === 'number' ? set : Number(spec.default))];
    }),
  );
  let best = await together(old, texts, withParameters(start), parts);
  let nearest = howFar(space, old, best);
  let begun = false;
  await boundedSearch({
    specs: moved,
    start,
    // The start is one of them, and is heard already.
    budget: 1 + tries,
    signal,
    distance: async (values) => {
      if (!begun) {
        begun = true;
        return nearest;
      }
      const own = await together(old, texts, withParameters(values), parts).catch((thrown) => {
        if (signal.aborted || isOfAll(thrown)) throw thrown;
        return null;
      });
      const distance = own === null ? Number.POSITIVE_INFINITY : howFar(space, old, own);
      if (own !== null && distance < nearest) {
        best = own;
        nearest = distance;
      }
      return distance;
    },
  });
  // Half a search is none: it goes on where it was, with what is there already.
  signal.throwIfAborted();
  return best;
}

function howFar(space: VoiceSpace, old: HeardOld, { pair, placed }: Together): number {
  const spread = (pair.new.pitchSpread ?? 0) - (pair.old.pitchSpread ?? 0);
  return space.distance(old.all, placed) + SPREAD_WEIGHT * Math.abs(spread);
}

/** A candidate whose settings were not looked for. */
export function unmatched(old: HeardOld, ranked: RankedVoice): Candidate {
  const { voice, pair } = apart(old, ranked);
  const settings = solveControls(pair, voice.settings);
  return {
    ...voice,
    settings,
    distance: ranked.distance,
    matched: 'not tried',
    leftover: leftovers(pair, voice.settings, settings, ranked.distance),
    profile: profileAsSet(pair.new, voice.settings, settings),
    takeIds: ranked.takes.map(({ id }) => id),
  };
}
