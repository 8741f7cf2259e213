import type { Take } from '../schemas/take.ts';

/** The voice that is heard in a take, by name: the one that spoke in place of the one asked for, where one did. */
export function heardVoice({
  answeredBy,
  voiceName,
  voiceId,
}: Pick<Take, 'answeredBy' | 'voiceName' | 'voiceId'>): string {
  return answeredBy ? answeredBy.voiceName || answeredBy.voiceId : voiceName || voiceId;
}
