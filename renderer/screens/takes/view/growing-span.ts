/** Most seconds that are shown at once while a take grows: a phrase of it is still a picture, not a sliver. */
const MOST_SHOWN = 24;
/** How far right the place that is heard may go before the picture moves on with it. */
const FOLLOW_AT = 0.7;

/** What part of a growing take is shown, in seconds. */
export interface Span {
  from: number;
  seconds: number;
}

/**
 * A short take has the width it will have when it is whole, so that nothing is drawn twice; of a long one as much is
 * shown as can be read, and it moves on with what is heard, or, where nothing is, with what arrives.
 *
 * @param expected seconds the take will have, about
 * @param arrived seconds of sound that are here
 * @param position seconds that were heard
 */
export function growingSpan(expected: number, arrived: number, position: number): Span {
  const seconds = Math.min(expected, MOST_SHOWN);
  const focus = position > 0 ? position : arrived;
  return { from: Math.min(expected - seconds, Math.max(0, focus - FOLLOW_AT * seconds)), seconds };
}
