/** Accent the phonemes are for. */
export type KokoroAccent = 'american' | 'british' | 'other';

/**
 * Phonemes of eSpeak NG that Kokoro's alphabet writes otherwise, for English. The model was trained on the alphabet of
 * its authors' own converter: diphthongs and affricates are one letter, the flap is T, a syllabic consonant has ᵊ.
 */
const ENGLISH: Readonly<Record<string, string>> = {
  aɪ: 'I',
  aʊ: 'W',
  eɪ: 'A',
  ɔɪ: 'Y',
  oʊ: 'O',
  əʊ: 'Q',
  tʃ: 'ʧ',
  dʒ: 'ʤ',
  əl: 'ᵊl',
  n̩: 'ᵊn',
  l̩: 'ᵊl',
  m̩: 'ᵊm',
  r: 'ɹ',
  x: 'k',
  ç: 'k',
  ɬ: 'l',
  ɐ: 'ə',
  ʔ: 't',
};

const AMERICAN: Readonly<Record<string, string>> = {
  e: 'A',
  a: 'æ',
  ɚ: 'əɹ',
  aɪɚ: 'Iəɹ',
  aʊɚ: 'Wəɹ',
  aɪə: 'Iə',
  aʊə: 'Wə',
  ɜː: 'ɜɹ',
  ɪə: 'iə',
  ɾ: 'T',
  o: 'ɔ',
  oː: 'ɔ',
};

const BRITISH: Readonly<Record<string, string>> = {
  eə: 'ɛː',
  iə: 'ɪə',
  e: 'ɛ',
  ɚ: 'ə',
  aɪə: 'Iə',
  aʊə: 'Wə',
  ɾ: 't',
  o: 'ɔ',
  oː: 'ɔː',
};

const OTHER: Readonly<Record<string, string>> = {
  aɪ: 'I',
  aʊ: 'W',
  eɪ: 'A',
  oʊ: 'O',
  əʊ: 'Q',
  ɔɪ: 'Y',
  dz: 'ʣ',
  dʒ: 'ʤ',
  dʑ: 'ʥ',
  ts: 'ʦ',
  tʃ: 'ʧ',
  tɕ: 'ʨ',
  tɕh: 'ʨʰ',
  th: 'tʰ',
  ph: 'pʰ',
  kh: 'kʰ',
  tsh: 'ʦʰ',
  's.': 'ʂ',
  'ts.': 'ꭧ',
  'ts.h': 'ꭧʰ',
  'i.': 'ɨ',
};

/** Tones as eSpeak writes them after a vowel of Chinese, and the arrow Kokoro knows the tone by. */
const TONES: readonly (readonly [tone: RegExp, arrow: string])[] = [
  [/ɜ5$|35$/u, '↗'],
  [/2ɜ?$|214$|21$/u, '↓'],
  [/51$|4$/u, '↘'],
  [/5+$/u, '→'],
  [/ɜ$/u, '↗'],
  [/[0-9]+$/u, ''],
];

function letters(phoneme: string, accent: KokoroAccent, tonal: boolean): string {
  const stress = /^[ˈˌ]/u.exec(phoneme)?.[0] ?? '';
  let sound = phoneme.slice(stress.length);
  if (accent === 'other') {
    let arrow = '';
    if (tonal) {
      for (const [tone, mark] of TONES) {
        if (!tone.test(sound)) continue;
        sound = sound.replace(tone, '');
        arrow = mark;
        break;
      }
    }
    const long = sound.endsWith('ː') ? 'ː' : '';
    const short = sound.slice(0, sound.length - long.length);
    return stress + (OTHER[short] ?? short.replace(/-/gu, '')) + long + arrow;
  }
  const own = accent === 'american' ? AMERICAN : BRITISH;
  const mapped = own[sound] ?? ENGLISH[sound] ?? sound.replace(/\u0303/gu, '');
  return stress + (accent === 'american' ? mapped.replace(/ː/gu, '') : mapped);
}

/**
 * eSpeak NG's IPA (phonemes parted by `_`, words by spaces or line ends) in Kokoro's alphabet.
 *
 * @param tonal whether digits at the end of a phoneme are tones
 */
export function ipaToKokoro(ipa: string, accent: KokoroAccent, tonal = false): string {
  return ipa
    .normalize('NFC')
    .replace(/\([a-z-]+\)/gu, '')
    .split(/\s+/u)
    .map((word) =>
      word
        .split('_')
        .filter((phoneme) => phoneme !== '')
        .map((phoneme) => letters(phoneme, accent, tonal))
        .join(''),
    )
    .map((word) => word.replace(/ɹɹ/gu, 'ɹ'))
    .filter((word) => word !== '')
    .join(' ');
}
