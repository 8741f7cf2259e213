import type { Settings, StudioSettings } from '../../shared/controls/controls.ts';
import type { Pair } from '../../shared/matching/solve-controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { HeardTake, Levels } from '../levels/levels.ts';

/** Loudness of takes together, in LUFS; null where one of them has none. */
async function loudnessOf(takes: readonly HeardTake[], levels: Pick<Levels, 'level'>): Promise<number | null> {
  const heard = await Promise.all(takes.map((take) => levels.level(take)));
  const known = heard.flatMap(({ loudness }) => loudness ?? []);
  if (known.length === 0 || known.length < heard.length) return null;
  return 10 * Math.log10(known.reduce((sum, own) => sum + 10 ** (own / 10), 0) / known.length);
}

/** What the studio would do to a take, measured with some settings, for it to sound as with others; its level apart. */
function shapedAs({ studio }: Take, measured: Settings, solved: Settings): StudioSettings {
  const speed = (studio.speed * solved.speed) / measured.speed;
  return {
    speed: Math.min(4, Math.max(0.25, speed)),
    pitch: Math.min(24, Math.max(-24, studio.pitch + solved.pitch - measured.pitch)),
    volume: studio.volume,
  };
}

/**
 * Two voices with their loudness as both are heard in the end. How loud a voice is depends on its spectrum, which moves with
 * the pitch: the new one is measured at the pitch and pace that were solved.
 *
 * @throws FaultError not_found, cancelled
 */
export async function loudPair(
  pair: Pair,
  takes: { old: readonly Take[]; new: readonly Take[] },
  settings: { measured: Settings; solved: Settings },
  levels: Pick<Levels, 'level'>,
): Promise<Pair> {
  const [old, own] = await Promise.all([
    loudnessOf(
      takes.old.map(({ id, studio }) => ({ takeId: id, studio })),
      levels,
    ),
    loudnessOf(
      takes.new.map((take) => ({ takeId: take.id, studio: shapedAs(take, settings.measured, settings.solved) })),
      levels,
    ),
  ]);
  if (old === null || own === null) return pair;
  return { ...pair, old: { ...pair.old, loudness: old }, new: { ...pair.new, loudness: own } };
}
