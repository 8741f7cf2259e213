import { letterAt } from '../schemas/comparison.ts';
import type {
  AbxResult,
  ListeningResults,
  OverListenersResult,
  Power,
  PreferenceResult,
  RatingResult,
} from '../schemas/listening-results.ts';
import { LEVEL } from './choice-results.ts';
import { LEAST_UNITS } from './mean-interval.ts';
import { isDifferenceShown } from './shown.ts';

// Every sentence says what was shown, or that nothing was; that nothing was shown is never put as if there were nothing.

/** What the words are about. */
type Told = Pick<ListeningResults, 'slots' | 'listeners' | 'result'>;

/** A chance or a power without its leading zero, as is usual: .038, under .001. */
export function chanceWords(value: number): string {
  if (value < 0.001) return 'under .001';
  if (value > 0.999) return value === 1 ? '1' : 'over .999';
  return value.toFixed(value < 0.1 ? 3 : 2).replace(/^0/, '');
}

/** A power as people say it: “17 %”, “under 1 %”. */
function sharePercent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  return share < 1 && share > 0.99 ? 'over 99 %' : percent(share);
}

const percent = (rate: number) => `${Math.round(rate * 100)} %`;
const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
const points = (value: number) => `${Math.abs(value).toFixed(1)} points`;

/** How a slot is called: its letter, and its name where it has one. */
function slotName({ slots }: Told, at: number): string {
  const slot = slots[at];
  const name = slot?.name || slot?.voiceName;
  return `${letterAt(at)}${name ? ` (${name})` : ''}`;
}

function listenerName({ listeners }: Told, session: string): string {
  return listeners.find(({ id }) => id === session)?.listener ?? '?';
}

/** What could have been found. */
function powerWords(power: readonly Power[], who: (rate: string) => string): string {
  if (power.every((one) => one.power === 0)) return 'With so few trials no result could have been significant.';
  const each = power.map((one, at) => {
    const told = `${who(percent(one.rate))} would have been found in ${sharePercent(one.power)} of such tests`;
    return at === 0 ? told : told.charAt(0).toLowerCase() + told.slice(1);
  });
  return `${each.join('; ')}.`;
}

function overWords(over: OverListenersResult | null, shown: string, not: string): string[] {
  if (!over || over.listeners < 2) return [];
  const { listeners, p, least } = over;
  const tested = `p = ${chanceWords(p)}, sign-flip test over ${listeners} listeners`;
  if (listeners < least) {
    return [`A test over listeners needs at least ${least} of them; with ${listeners} it cannot be significant.`];
  }
  return [p <= LEVEL ? `${shown} over all listeners (${tested}).` : `${not} over all listeners (${tested}).`];
}

function abxWords(told: Told, { listeners, over }: AbxResult): string[] {
  const each = listeners.map(({ session, hits, trials, p, power }) => {
    const name = listenerName(told, session);
    const result = `${hits} of ${trials} right, p = ${chanceWords(p)}`;
    if (p <= LEVEL) return `${name} heard a difference: ${result}.`;
    const could = powerWords(power, (rate) => `Somebody right ${rate} of the time`);
    return `No difference was shown for ${name}: ${result}. ${could}`;
  });
  return [...each, ...overWords(over, 'A difference was heard', 'No difference was shown')];
}

/**
 * What a liking for a place means for the two slots.
 *
 * @param a name of the first slot
 * @param b of the second
 */
export function placeWords({ places, listeners }: PreferenceResult, a: string, b: string): string {
  const { first, second } = places.stoodFirst;
  const stood =
    first === second
      ? 'Each slot stood first as often as second, so that a liking for a place is no advantage for either.'
      : `${a} stood first ${times(first)}, ${b} ${times(second)}: a liking for a place is a small advantage for one of them.`;
  if (listeners.length < 2) return stood;
  return `${stood} The chance is of all answers together, as if those of one listener did not hang together: it is a hint, no test.`;
}

function preferenceWords(told: Told, result: PreferenceResult): string[] {
  const { listeners, over, counts, places } = result;
  const [a, b] = [slotName(told, 0), slotName(told, 1)];
  const each = listeners.map(({ session, counts: own, p, power }) => {
    const name = listenerName(told, session);
    const said = `${a} ${own.first}, ${b} ${own.second}, no difference ${own.none}`;
    if (p <= LEVEL) return `${name} preferred ${own.first > own.second ? a : b}: ${said}, p = ${chanceWords(p)}.`;
    const could = powerWords(power, (rate) => `Somebody who prefers one of the two ${rate} of the time`);
    return `No preference was shown for ${name}: ${said}, p = ${chanceWords(p)}. ${could}`;
  });
  const better = counts.first > counts.second ? a : b;
  const bias =
    places.p <= LEVEL
      ? [
          `What stood at place ${places.first > places.second ? 'A' : 'B'} was chosen more often, whichever it was: ${places.first} to ${places.second}, p = ${chanceWords(places.p)}. ${placeWords(result, a, b)}`,
        ]
      : [];
  return [...each, ...overWords(over, `${better} was preferred`, 'No preference was shown'), ...bias];
}

function ratedName(told: Told, { rated }: RatingResult, at: number): string {
  const kind = rated[at]?.kind;
  return kind === 'reference' ? 'the hidden reference' : kind === 'anchor' ? 'the anchor' : slotName(told, at);
}

function ratingWords(told: Told, result: RatingResult): string[] {
  return result.pairs.map((pair) => {
    const { first, second, difference, interval, p } = pair;
    const [a, b] = [ratedName(told, result, first), ratedName(told, result, second)];
    const [higher, lower] = difference > 0 ? [a, b] : [b, a];
    const rated =
      difference === 0
        ? `${a} and ${b} were rated alike`
        : `${higher} was rated ${points(difference)} higher than ${lower}`;
    if (!interval) return `${rated} on average, by so few that it shows nothing.`;
    const found = (low: number, high: number) =>
      `p = ${chanceWords(p)}, 95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`;
    const { low, high } = interval;
    if (isDifferenceShown(pair, LEVEL)) return `${rated} (${difference > 0 ? found(low, high) : found(-high, -low)}).`;
    const most = Math.max(Math.abs(low), Math.abs(high));
    return `No difference between ${a} and ${b} was shown (${found(low, high)}). One of up to ${points(most)} is not ruled out.`;
  });
}

/** What the tests of ratings are over, and whether they could have found anything. */
function unitWords({ pairs, units: { of, count, least } }: RatingResult): string[] {
  if (pairs.length === 0) return [];
  const one = count === 1 ? of.slice(0, -1) : of;
  const each =
    of === 'texts'
      ? ['There is one listener, tested over texts: what is shown holds for him and such texts, not for others.']
      : [];
  const few =
    count < LEAST_UNITS
      ? [`With ${count} ${one} no interval is given: there are too few to draw from. It needs at least ${LEAST_UNITS}.`]
      : [];
  const none =
    count < least
      ? [
          `A test of ${pairs.length === 1 ? 'this pair' : `${pairs.length} pairs`} needs at least ${least} ${of}; with ${count} it cannot be significant.`,
        ]
      : [
          `Differences are tested by exact sign-flip tests over ${count} ${of}${pairs.length > 1 ? `; p is corrected for ${pairs.length} pairs (Holm), intervals are of each pair alone` : ''}.`,
        ];
  return [...each, ...few, ...none];
}

/** Said where many things were tested at once. */
function manyWords(tests: number): string[] {
  if (tests < 2) return [];
  return [
    `These are ${tests} tests, each at ${percent(LEVEL)}: about one in ${Math.round(1 / LEVEL)} comes out by chance alone.`,
  ];
}

/** What a test came to, in sentences. */
export function resultWords(told: Told): string[] {
  const { result, listeners } = told;
  const left = listeners
    .filter((listener) => listener.left !== null)
    .map(({ listener, left: why }) => `${listener} is left out. ${why}`);
  if (left.length === listeners.length) return ['There is no listener whose answers count: it shows nothing.', ...left];
  switch (result.method) {
    case 'abx':
      return [...abxWords(told, result), ...manyWords(result.listeners.length), ...left];
    case 'preference':
      return [...preferenceWords(told, result), ...manyWords(result.listeners.length), ...left];
    default:
      return [...ratingWords(told, result), ...unitWords(result), ...left];
  }
}
