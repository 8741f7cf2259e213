import type { VoiceListState } from '../../../shared/schemas/connection.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was: “just now”, “4 min ago”, “3 h ago”, “2 days ago”. */
export function agoWords(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < MINUTE) return 'just now';
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`;
  if (ago < DAY) return `${Math.floor(ago / HOUR)} h ago`;
  const days = Math.floor(ago / DAY);
  return `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

/** How old a provider's list is: “ElevenLabs: 132 voices, read 4 min ago”. */
export function listWords({ name, at, voices, refreshing, fault }: VoiceListState, now: number): string {
  if (at === null) return `${name}: ${refreshing ? 'being read' : fault === null ? 'not read yet' : 'not read'}`;
  const count = `${voices.toLocaleString('en')} ${voices === 1 ? 'voice' : 'voices'}`;
  return `${name}: ${count}, ${refreshing ? 'being read anew' : `read ${agoWords(at, now)}`}`;
}
