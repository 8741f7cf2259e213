import { settingsThatDiffer } from '../controls/settings-that-differ.ts';
import type { MappedVoice, MappingRow, MappingSide, SourceVoice } from '../schemas/mapping.ts';
import { isConclusive } from '../schemas/voice-profile.ts';
import { amountWords } from '../text/amount-words.ts';
import { chosenCandidate, type Standing } from './coverage.ts';
import { leftoverWords } from './leftover-words.ts';

/** What a side is called. @param nameOf the name of a provider */
export function sideWords(side: MappingSide, nameOf: (provider: string) => string): string {
  return side.kind === 'recordings' ? 'Recordings' : nameOf(side.provider);
}

/** What a voice that is left is called. */
export function sourceName({ voiceName, voiceId }: Pick<SourceVoice, 'voiceName' | 'voiceId'>): string {
  return voiceName || voiceId || 'A voice without a name';
}

/** What a voice that was chosen is called. */
export const choiceName = ({ voiceName, voiceId }: Pick<MappedVoice, 'voiceName' | 'voiceId'>): string =>
  voiceName || voiceId;

/** Settings that are not neutral, in one line; “as it is” where all are. */
export function settingWords({ settings }: Pick<MappedVoice, 'settings'>): string {
  return settingsThatDiffer(settings).join(' · ') || 'as it is';
}

/** What somebody said, in a word. */
export const STANDING_WORDS: Record<Standing, string> = {
  approved: 'approved',
  rejected: 'rejected',
  later: 'later',
  open: 'open',
};

/** How far the looking for a successor is, or what is left between the two, in words. */
export function rowWords(row: MappingRow): { words: string; is: 'plain' | 'busy' | 'dim' | 'failed' } {
  const { state, fault, choice, proposal } = row;
  if (state === 'running') return { words: 'being looked for…', is: 'busy' };
  if (state === 'queued') return { words: 'waits for its turn', is: 'dim' };
  if (state === 'failed') return { words: fault?.message ?? 'It failed.', is: 'failed' };
  const candidate = chosenCandidate(row);
  const heard = Math.min(proposal?.profile.seconds ?? 0, candidate?.profile.seconds ?? 0);
  if (candidate && !isConclusive({ seconds: heard })) {
    const words = `inconclusive, ${heard.toFixed(1)} s heard: ${leftoverWords(candidate.leftover)}`;
    return { words, is: 'dim' };
  }
  if (candidate?.matched === 'not matched')
    return { words: `could not be matched: ${leftoverWords(candidate.leftover)}`, is: 'plain' };
  if (candidate) return { words: leftoverWords(candidate.leftover), is: 'plain' };
  if (choice) return { words: 'set by hand, not measured', is: 'dim' };
  return { words: proposal ? 'no voice is near enough' : 'not looked for yet', is: 'dim' };
}

/** A distance as a number. */
export const distanceWords = (distance: number): string => distance.toFixed(2);

/** Amounts in several currencies; “free” for none. */
export function costWords(cost: readonly { amount: number; currency: string }[]): string {
  return cost.map(({ amount, currency }) => amountWords(amount, currency)).join(' + ') || 'free';
}
