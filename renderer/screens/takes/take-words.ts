import { NEUTRAL_SETTINGS, type Settings } from '../../../shared/controls/controls.ts';
import { heardVoice } from '../../../shared/export/heard-voice.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { amountWords } from '../../elements/amount-words.ts';

/** Stands where there is no figure. */
export const NO_FIGURE = '–';

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;
}

/** A level such as “−18.4”, with a real minus sign. */
export function levelWords(value: number): string {
  return value.toFixed(1).replace('-', '−');
}

/** The settings that are not neutral, as short words: “1.25×”, “+3.0 st”, “−2.0 dB”, “calm 40 %”. */
export function settingsThatDiffer(settings: Settings): string[] {
  const words: string[] = [];
  if (settings.speed !== NEUTRAL_SETTINGS.speed) words.push(`${settings.speed.toFixed(2)}×`);
  if (settings.pitch !== NEUTRAL_SETTINGS.pitch) words.push(`${signed(settings.pitch, 1)} st`);
  if (settings.volume !== NEUTRAL_SETTINGS.volume) words.push(`${signed(settings.volume, 1)} dB`);
  if (settings.emotion.name !== 'neutral') {
    words.push(`${settings.emotion.name} ${Math.round(settings.emotion.intensity * 100)} %`);
  }
  if (settings.seed !== null) words.push(`seed ${settings.seed}`);
  for (const [name, value] of Object.entries(settings.parameters)) words.push(`${name} ${value}`);
  return words;
}

/** Milliseconds from asking to the first byte of sound; null where none came. */
export function firstSound(take: Take): number | null {
  return take.firstByteAt === null ? null : Math.max(0, Math.round(take.firstByteAt - take.sentAt));
}

/** Seconds of audio a take has; null while none is stored. */
export function takeSeconds(take: Take): number | null {
  if (take.measurements !== null) return take.measurements.duration;
  return take.samples > 0 && take.sampleRate > 0 ? take.samples / take.sampleRate : null;
}

/** “1,840 ms”, and from ten seconds on “14.6 s”. */
export function waitWords(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return whole < 10_000 ? `${whole.toLocaleString('en')} ms` : `${(whole / 1000).toFixed(1)} s`;
}

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

/** Tells whether what a take cost is an estimate: the provider did not tell what it billed. */
export function isEstimated({ cost: { billed, estimated } }: Take): boolean {
  return billed === null && estimated > 0;
}

/** What a take cost: what was billed where that is told, otherwise the estimate, marked as such: “≈ 23 credits”. */
export function costWords(take: Take): string {
  const { billed, estimated, currency } = take.cost;
  return `${isEstimated(take) ? '≈\u00a0' : ''}${amountWords(billed ?? estimated, currency)}`;
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

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** “12.4 MB”: bytes in decimal units. */
export function bytesWords(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)}\u00a0${UNITS[unit]}`;
}
