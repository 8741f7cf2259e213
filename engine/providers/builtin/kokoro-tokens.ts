/** Most tokens one run of the model takes, without the padding at both ends. */
export const MAX_TOKENS = 510;

/** Symbols of Kokoro's phoneme alphabet with the id of the first; each next symbol has the next id. */
const RUNS: readonly (readonly [first: number, symbols: string])[] = [
  [1, ';:,.!?'],
  [9, '—…"()“” \u0303ʣʥʦʨᵝ\uAB67AI'],
  [31, 'O'],
  [33, 'Q'],
  [35, 'ST'],
  [39, 'W'],
  [41, 'Yᵊabcdef'],
  [50, 'hijklmnopqrstuvwxyzɑɐɒæ'],
  [75, 'βɔɕç'],
  [80, 'ɖðʤə'],
  [85, 'ɚɛɜ'],
  [90, 'ɟ'],
  [92, 'ɡ'],
  [99, 'ɥ'],
  [101, 'ɨɪʝ'],
  [110, 'ɯɰŋɳɲɴø'],
  [118, 'ɸθœ'],
  [123, 'ɹ'],
  [125, 'ɾɻ'],
  [128, 'ʁɽʂʃʈʧ'],
  [135, 'ʊʋ'],
  [138, 'ʌɣɤ'],
  [142, 'χʎ'],
  [147, 'ʒʔ'],
  [156, 'ˈˌː'],
  [162, 'ʰ'],
  [164, 'ʲ'],
  [169, '↓'],
  [171, '→↗↘'],
  [177, 'ᵻ'],
];

const IDS = new Map(
  RUNS.flatMap(([first, symbols]) => Array.from(symbols, (symbol, i) => [symbol, first + i] as const)),
);

/** Id of the space between words. */
export const SPACE = 16;
/** Ids of phonemes that carry a sound: everything above the punctuation and the space. */
const FIRST_SOUND = 18;

/** Whether a token is a mark that may be heard as a pause. */
export const isMark = (token: number): boolean => token < SPACE;

/** Whether a token says that the sound after it is stressed. */
export const isStress = (token: number): boolean => token === 156 || token === 157;

/** Whether a token is a sound of its own, not a mark, a space, or a sign of stress, length or tone. */
export const isSound = (token: number): boolean => token >= FIRST_SOUND && !(token >= 156 && token <= 173);

/** Token ids of a string of Kokoro's phonemes. Symbols the model does not know are left out. */
export function toTokens(phonemes: string): number[] {
  return Array.from(phonemes).flatMap((symbol) => IDS.get(symbol) ?? []);
}

/** Whether there is anything in it that makes a sound. */
export function hasSound(tokens: readonly number[]): boolean {
  return tokens.some(isSound);
}
