import { identityMap, type TimeMap } from '../../shared/alignment/time-map.ts';
import type { StudioSettings } from '../../shared/controls/controls.ts';
import { toFault } from '../../shared/errors.ts';
import type { ReportedTake, ReportedText } from '../../shared/report/reported-take.ts';
import { takeFigures } from '../../shared/report/take-figures.ts';
import type { GainsAnswer } from '../../shared/schemas/compare.ts';
import type { Take, TakeView } from '../../shared/schemas/take.ts';
import type { Aligner } from '../alignment/aligner.ts';
import type { Analyser } from '../analysis/analyser.ts';
import type { Levels } from '../levels/levels.ts';
import type { Library } from '../library/library.ts';

/** What takes are looked at with. */
export interface GatherParts {
  library(): Pick<Library, 'take' | 'audio' | 'view'>;
  aligner: Pick<Aligner, 'align'>;
  levels: Pick<Levels, 'gains'>;
  analyser: Pick<Analyser, 'analyseStored'>;
}

/** A take that is reported, and whether it is what its slot says. */
export interface Wanted {
  takeId: string | null;
  /** What the studio does to it; by default what it does to it elsewhere. */
  studio?: StudioSettings;
  current(take: Take): boolean;
}

/** A take with what its picture is drawn from and how its sound is gone over to. */
export interface GatheredTake {
  reported: ReportedTake;
  view: TakeView | null;
  /** From a time of the first take that has sound to one of this take, in s of each as heard; null where not to be trusted. */
  track: TimeMap | null;
}

/** The takes of one text. */
export interface GatheredTakes {
  /** In the order in which they were wanted; null where there is none (any more). */
  takes: (GatheredTake | null)[];
  equal: ReportedText['equal'];
}

/** Whether a take has its sound. */
export function hasSound(library: Pick<Library, 'audio'>, { id, state }: Take): boolean {
  return state !== 'rendering' && (library.audio(id)?.samples ?? 0) > 0;
}

/** Which of two takes is which, as it is heard. */
const heardMap = ({ from, to }: TimeMap, a: Take, b: Take): TimeMap => ({
  from: from.map((time) => time / a.studio.speed),
  to: to.map((time) => time / b.studio.speed),
});

const whole = (take: Take) => identityMap(take.samples / take.sampleRate);

/** What comes of some work, or something in place of it where that fails: a report is made of what there is. */
async function orElse<Value, Other>(work: Promise<Value>, other: Other): Promise<Value | Other> {
  try {
    return await work;
  } catch (thrown) {
    if (toFault(thrown).code === 'cancelled') throw thrown;
    return other;
  }
}

/** A take with its measurements and its curves: one that was made a moment ago may not have been measured yet. */
async function measured(
  { library, analyser }: GatherParts,
  take: Take,
): Promise<{ take: Take; view: TakeView | null }> {
  const view = library().view(take.id);
  const audio = library().audio(take.id);
  if ((view && take.measurements) || !audio || !hasSound(library(), take)) return { take, view };
  const found = await orElse(analyser.analyseStored(audio), null);
  return found ? { take: { ...take, measurements: found.measurements }, view: found.view } : { take, view };
}

/** Gains of the takes that have sound, by take. */
async function gainsOf({ levels }: GatherParts, takes: readonly Take[]) {
  const none = { by: 'none', lowered: 0, gains: [], levels: [] } satisfies GainsAnswer;
  const heard = takes.map(({ id, studio }) => ({ takeId: id, studio }));
  const found = takes.length > 0 ? await orElse(levels.gains(heard), none) : none;
  const at = new Map(takes.map((take, index) => [take.id, index]));
  return {
    equal: { by: found.by, lowered: found.lowered },
    of: ({ id }: Take) => {
      const index = at.get(id) ?? -1;
      return { level: found.levels[index] ?? null, gain: found.gains[index] ?? null };
    },
  };
}

/**
 * Looks at the takes of one text: how each is heard, how loud, and how it lies in time beside the first that has sound.
 *
 * @throws FaultError cancelled
 */
export async function gatherTakes(
  parts: GatherParts,
  wanted: readonly Wanted[],
  equalLoudness: boolean,
  signal: AbortSignal,
): Promise<GatheredTakes> {
  const library = parts.library();
  const known = wanted.map(({ takeId, studio }) => {
    const take = takeId === null ? null : library.take(takeId);
    return take && studio ? { ...take, studio } : take;
  });
  const sounding = known.flatMap((take) => (take && hasSound(library, take) ? [take] : []));
  const gains = await gainsOf(parts, sounding);
  const [hub] = sounding;
  const takes: (GatheredTake | null)[] = [];
  for (const [index, stored] of known.entries()) {
    signal.throwIfAborted();
    if (stored === null) {
      takes.push(null);
      continue;
    }
    const { take, view } = await measured(parts, stored);
    const { level, gain } = gains.of(take);
    const other = hub && hub.id !== take.id && sounding.includes(stored);
    const beside = other ? await orElse(parts.aligner.align(hub.id, take.id), null) : null;
    const map = take.id === hub?.id ? whole(take) : beside?.trusted ? beside.map : null;
    takes.push({
      reported: {
        take,
        current: wanted[index]?.current(take) ?? false,
        figures: takeFigures(take, level),
        level,
        gain: equalLoudness ? gain : null,
        alignment: beside && { by: beside.by, trusted: beside.trusted, doubts: beside.doubts, with: beside.a },
      },
      view,
      track: hub && map ? heardMap(map, hub, take) : null,
    });
  }
  return { takes, equal: equalLoudness ? gains.equal : null };
}
