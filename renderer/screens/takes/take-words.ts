import { heardVoice } from '../../../shared/export/heard-voice.ts';
import { isEstimated } from '../../../shared/report/take-figures.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { amountWords } from '../../../shared/text/amount-words.ts';

export { settingsThatDiffer } from '../../../shared/controls/settings-that-differ.ts';
export { costWords, firstSound, isEstimated, takeSeconds } from '../../../shared/report/take-figures.ts';
export { bytesWords, levelWords, NO_FIGURE, waitWords } from '../../../shared/text/figure-words.ts';

/** “0:03.42”: minutes, seconds and hundredths. */
export function clock(seconds: number, digits = 2): string {
  const unit = 10 ** digits;
  const ticks = Math.round(Math.max(0, seconds) * unit);
  const minutes = Math.floor(ticks / (60 * unit));
  const rest = (ticks - minutes * 60 * unit) / unit;
  return `${minutes}:${rest.toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, '0')}`;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The time of day of a take of today, otherwise its day. */
export function when(milliseconds: number, now = Date.now()): string {
  const date = new Date(milliseconds);
  return date.toDateString() === new Date(now).toDateString() ? TIME.format(date) : DAY.format(date);
}

/** Day and time in full. */
export function whenInFull(milliseconds: number): string {
  return FULL.format(new Date(milliseconds));
}

/** What is known of a cost: what was billed, and what was expected where that differs. */
export function costInFull(take: Take): string {
  const { billed, estimated, currency } = take.cost;
  if (isEstimated(take)) return `${amountWords(estimated, currency)} (estimated)`;
  if (billed === null || billed === 0) return amountWords(0, currency);
  const expected = estimated > 0 && estimated !== billed ? `; ${amountWords(estimated, currency)} were expected` : '';
  return `${amountWords(billed, currency)} (billed${expected})`;
}

/** “Asked for Anna; Emma spoke instead: the server does not answer.”; null where the voice asked for spoke. */
export function insteadWords(take: Pick<Take, 'answeredBy' | 'voiceName' | 'voiceId'>): string | null {
  if (take.answeredBy === null) return null;
  return `Asked for ${take.voiceName || take.voiceId}; ${heardVoice(take)} spoke instead: ${take.answeredBy.why.message}`;
}

/** What a take is called: its name, or its text. */
export function takeTitle(take: Take): string {
  return take.name.trim() || take.text.replace(/\s+/g, ' ').trim() || 'No text';
}
