/** Lines that the candidates speak. */
export const LINES: readonly string[] = [
  'The quick judge measured each bright azure jewel with a thin golden ring.',
  'Why would you choose to fly so far above the rough and foggy southern shore?',
  'My father thought the cheerful boy had hidden his old leather shoes in the garage.',
];

/** Sentences in which voices are to be found: other ones. */
export const SAID: readonly string[] = [
  'The train to the north leaves from platform seven in a quarter of an hour.',
  'Could you please tell me whether the shop on the corner is still open?',
  'A gentle breeze moved the curtains while the children were asleep upstairs.',
  'He has already paid for the tickets, so we only need to collect them.',
];
