/** The parts of a voice's id, `provider:voice`. What has no colon in it is of no provider: then that is empty. */
export function voiceIdParts(voiceId: string): { provider: string; local: string } {
  const colon = voiceId.indexOf(':');
  return { provider: voiceId.slice(0, Math.max(0, colon)), local: voiceId.slice(colon + 1) };
}
