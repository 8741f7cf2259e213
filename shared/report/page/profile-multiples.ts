import { PROFILE_FIGURES, type ProfileFigure, pitchSpan, placeOn } from '../../profile/profile-figures.ts';
import { isConclusive, type VoiceProfile } from '../../schemas/voice-profile.ts';
import { type Html, html } from './html.ts';
import { slotClass } from './slot-marks.ts';

/** How two voices speak; null where one was not heard. */
export interface ProfilePair {
  old: VoiceProfile | null;
  new: VoiceProfile | null;
}

const SIDES = ['old', 'new'] as const;
type Side = (typeof SIDES)[number];

/** The colour of each, as where they are heard. */
const COLOURS: Record<Side, string> = { old: slotClass(0), new: slotClass(1) };

/** Units of a picture. */
const WIDTH = 200;
const HEIGHT = 28;
const EDGE = 6;
const MIDDLE = HEIGHT / 2;
const RADIUS = 4;
/** Where the middle of each voice's mark lies: the old one over the line, the new one under it. */
const LEVELS: Record<Side, number> = { old: MIDDLE - 7, new: MIDDLE + 7 };

const xOf = (part: number) => (EDGE + part * (WIDTH - 2 * EDGE)).toFixed(1);

function valueWords({ name, words, unit }: ProfileFigure, profile: VoiceProfile | null): string {
  const value = profile?.[name] ?? null;
  if (value === null) return profile === null ? 'not heard' : 'not known';
  return unit === '%' || unit.startsWith('/') ? `${words(value)}${unit}` : `${words(value)} ${unit}`;
}

/** Where a voice lies on the scale of a feature; of the pitch, how far it spreads as well. */
function mark(figure: ProfileFigure, side: Side, profile: VoiceProfile | null): Html | null {
  const value = profile?.[figure.name] ?? null;
  if (profile === null || value === null) return null;
  const { pitchSpread } = profile;
  const span = figure.name === 'pitch' && pitchSpread !== null ? pitchSpan(figure, value, pitchSpread) : null;
  const y = LEVELS[side];
  return html`<g class="${COLOURS[side]}">${
    span && html`<line class="span" x1="${xOf(span.start)}" x2="${xOf(span.end)}" y1="${y}" y2="${y}"/>`
  }<circle class="${isConclusive(profile) ? 'at' : 'at unsure'}" cx="${xOf(placeOn(figure, value))}" cy="${y}" r="${RADIUS}"/></g>`;
}

function multiple(figure: ProfileFigure, profiles: ProfilePair): Html {
  const values = SIDES.map((side) => ({ side, words: valueWords(figure, profiles[side]) }));
  const label = `${figure.label}: ${values.map(({ side, words }) => `${side} ${words}`).join(', ')}`;
  return html`<figure class="multiple" title="${figure.help}"><figcaption>${figure.label}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><line class="scale" x1="${EDGE}" x2="${WIDTH - EDGE}" y1="${MIDDLE}" y2="${MIDDLE}"/>${SIDES.map((side) => mark(figure, side, profiles[side]))}</svg>
<p aria-hidden="true">${values.map(({ side, words }) => html`<span class="${COLOURS[side]}">${words}</span>`)}</p></figure>
`;
}

function heardWords(side: string, profile: VoiceProfile | null): string {
  if (profile === null) return `the ${side} voice was not heard`;
  const seconds = `${profile.seconds.toFixed(0)} s of the ${side} voice`;
  return isConclusive(profile) ? seconds : `${seconds}: inconclusive`;
}

/** How two voices speak, feature by feature: small pictures with the same scales in every pair of a report. */
export function profileMultiples(profiles: ProfilePair): Html {
  return html`<div class="multiples" role="group" aria-label="How both speak">
${PROFILE_FIGURES.map((figure) => multiple(figure, profiles))}</div>
<p class="dim">Measured on ${SIDES.map((side) => heardWords(side, profiles[side])).join(', ')}.</p>
`;
}

/** What the features are, for those who read the page on paper. */
export const featuresExplained = (): Html =>
  html`<dl class="terms">${PROFILE_FIGURES.map(({ label, help }) => html`<div><dt>${label}</dt><dd>${help}.</dd></div>`)}</dl>`;
