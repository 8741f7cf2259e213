import { CONTROL_RANGE, type Settings } from '../controls/controls.ts';
import { stepped } from '../controls/stepped.ts';
import type { Leftover } from '../schemas/mapping.ts';
import type { VoiceProfile } from '../schemas/voice-profile.ts';

/** Two voices that said the same, or are taken to have: the old one, and the new one as it speaks with its settings. */
export interface Pair {
  old: VoiceProfile;
  new: VoiceProfile;
  /** Times as long as the new one the old one spoke for the same text, pauses left out; null where no text is shared. */
  pace: number | null;
}

/** More times faster or slower than this is no pace, but a voice that was not heard. */
const MOST_TIMES = 20;

/** How many times faster the old voice speaks than the new one; null where that is not known. */
export function paceRatio({ old, new: own, pace }: Pair): number | null {
  const ratio = pace !== null ? 1 / pace : (old.rate ?? 0) / (own.rate ?? 0);
  return ratio >= 1 / MOST_TIMES && ratio <= MOST_TIMES ? ratio : null;
}

/**
 * Speed, pitch and volume that bring the new voice's measured rate, median pitch and loudness to the old one's: closed
 * forms, each held within its range. What is not known on both sides stays as it is.
 *
 * @param settings with which the new voice was measured
 */
export function solveControls(pair: Pair, settings: Settings): Settings {
  const { old, new: own } = pair;
  const faster = paceRatio(pair);
  const semitones = old.pitch && own.pitch ? 12 * Math.log2(old.pitch / own.pitch) : 0;
  const louder = old.loudness !== null && own.loudness !== null ? old.loudness - own.loudness : 0;
  return {
    ...settings,
    speed: stepped(settings.speed * (faster ?? 1), CONTROL_RANGE.speed),
    pitch: stepped(settings.pitch + semitones, CONTROL_RANGE.pitch),
    volume: stepped(settings.volume + louder, CONTROL_RANGE.volume),
  };
}

/**
 * What is left between the two when the new voice speaks with the solved settings: what the settings do not reach, and what
 * no setting moves. The studio moves formants along with the pitch, so the brightness goes with it.
 *
 * @param measured settings with which the new voice was measured
 * @param solved settings it is to speak with
 */
export function leftovers(pair: Pair, measured: Settings, solved: Settings, timbre: number): Leftover[] {
  const { old, new: own } = pair;
  const moved = solved.pitch - measured.pitch;
  const faster = paceRatio(pair);
  const difference = (feature: 'pitchSpread' | 'pauses' | 'loudnessRange' | 'clarity' | 'noise'): Leftover[] => {
    const [before, after] = [old[feature], own[feature]];
    return before === null || after === null ? [] : [{ feature, value: after - before }];
  };
  const left: Leftover[] = [];
  if (old.pitch && own.pitch) left.push({ feature: 'pitch', value: 12 * Math.log2(own.pitch / old.pitch) + moved });
  if (faster !== null) left.push({ feature: 'rate', value: solved.speed / measured.speed / faster - 1 });
  if (old.loudness !== null && own.loudness !== null) {
    left.push({ feature: 'loudness', value: own.loudness + solved.volume - measured.volume - old.loudness });
  }
  if (old.brightness && own.brightness) {
    left.push({ feature: 'brightness', value: Math.log2(own.brightness) - Math.log2(old.brightness) + moved / 12 });
  }
  left.push(...(['pitchSpread', 'pauses', 'loudnessRange', 'clarity', 'noise'] as const).flatMap(difference));
  left.push({ feature: 'timbre', value: timbre });
  return left;
}

/**
 * The profile of a voice as it is heard with other settings than it was measured with. What the studio does not move stays;
 * its formants go along with the pitch, and the brightness with them.
 */
export function profileAsSet(profile: VoiceProfile, measured: Settings, solved: Settings): VoiceProfile {
  const faster = solved.speed / measured.speed;
  const higher = 2 ** ((solved.pitch - measured.pitch) / 12);
  const times = (value: number | null, factor: number) => (value === null ? null : value * factor);
  return {
    ...profile,
    seconds: profile.seconds / faster,
    pitch: times(profile.pitch, higher),
    rate: times(profile.rate, faster),
    brightness: times(profile.brightness, higher),
    loudness: profile.loudness === null ? null : profile.loudness + solved.volume - measured.volume,
  };
}

/** Semitones, parts and distance over which nobody takes the new voice for the old one. */
const TOO_FAR: Partial<Record<Leftover['feature'], number>> = { pitch: 1, rate: 0.12, timbre: 3 };

/** Whether the settings bring the new voice near enough to say so. */
export function isMatched(left: readonly Leftover[]): boolean {
  return left.every(({ feature, value }) => Math.abs(value) <= (TOO_FAR[feature] ?? Number.POSITIVE_INFINITY));
}
