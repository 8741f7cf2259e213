import { identityMap, invertedMap, mapTime } from '../../../shared/alignment/time-map.ts';
import { takeSeconds } from '../../../shared/report/take-figures.ts';
import type { Comparison, ComparisonText } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { dbToGain } from '../../../shared/sound/pcm.ts';
import { takeIdOf } from '../../stores/compare/cell.ts';
import { alignmentOf, type CompareSound } from '../../stores/compare/known-sound.ts';
import { pitchRange } from '../takes/view/pitch-scale.ts';
import type { AxisPicture, Lane } from './axis-lanes.ts';
import { letterOf } from './slot-colours.ts';

const secondsOf = (take: Take) => takeSeconds(take) ?? 0;

/** How a take lies on the axis, which is the time of the first one. */
function onAxis(sound: CompareSound, axis: Take, take: Take): Pick<Lane, 'toTake' | 'toAxis' | 'doubts'> {
  if (take.id === axis.id) {
    const same = identityMap(secondsOf(axis));
    return { toTake: same, toAxis: same, doubts: [] };
  }
  const alignment = alignmentOf(sound, axis.id, take.id);
  if (alignment === null) return { toTake: null, toAxis: null, doubts: [] };
  const doubts = alignment.trusted ? [] : alignment.doubts.map(({ kind, a }) => ({ kind, ...a }));
  return { toTake: alignment.map, toAxis: invertedMap(alignment.map), doubts };
}

/**
 * What is drawn of the text that is heard: every slot on the time axis of the first one, with its pitch as it is heard.
 *
 * @param colours of the slots, by their place
 */
export function axisPicture(
  comparison: Comparison,
  text: ComparisonText,
  sound: CompareSound,
  more: { colours: readonly string[]; heard: string | null; region: AxisPicture['region'] },
): AxisPicture {
  const [axis] = sound.takes;
  const lanes = comparison.slots.map((slot, place): Lane => {
    const takeId = takeIdOf(comparison, { slotId: slot.id, textId: text.id });
    const take = sound.takes.find(({ id }) => id === takeId);
    const own = take && sound.views.get(take.id);
    const ratio = 2 ** ((take?.studio.pitch ?? 0) / 12);
    return {
      letter: letterOf(place),
      colour: more.colours[place] ?? '',
      view: own ? { ...own, pitch: ratio === 1 ? own.pitch : own.pitch.map((hz) => hz * ratio) } : null,
      heard: slot.id === more.heard,
      gain: dbToGain(
        (take?.studio.volume ?? 0) + (comparison.equalLoudness && take ? (sound.gains.get(take.id) ?? 0) : 0),
      ),
      ...(axis && take ? onAxis(sound, axis, take) : { toTake: null, toAxis: null, doubts: [] }),
    };
  });
  const words = axis ? (sound.words.get(axis.id)?.words ?? []) : [];
  return {
    lanes,
    words,
    duration: axis ? secondsOf(axis) : 0,
    region: more.region,
    loudest: lanes.reduce(
      (most, { view, gain }) => (view?.peaks ?? []).reduce((top, peak) => Math.max(top, peak * gain), most),
      0,
    ),
    range: pitchRange(lanes.flatMap(({ view, toAxis }) => (toAxis === null ? [] : (view?.pitch ?? [])))),
  };
}

/** Where on the axis a take is at a time of its own, in s; null where that is not known. */
export function placeOnAxis(sound: CompareSound, takeId: string, time: number): number | null {
  const [axis] = sound.takes;
  const take = sound.takes.find(({ id }) => id === takeId);
  if (!axis || !take) return null;
  const { toAxis } = onAxis(sound, axis, take);
  return toAxis === null ? null : mapTime(toAxis, time);
}
