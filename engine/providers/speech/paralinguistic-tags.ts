/**
 * What a model makes of words in square brackets: `chatterbox` models speak their own tags, `elevenlabs` models take any
 * as a stage direction, all others read them aloud.
 */
export type TagFamily = 'chatterbox' | 'elevenlabs' | 'none';

/** Sounds Chatterbox Turbo and Nano make. Source: gradio_tts_turbo_app.py, EVENT_TAGS. */
export const SOUND_TAGS = [
  'clear throat',
  'sigh',
  'shush',
  'cough',
  'groan',
  'sniff',
  'gasp',
  'chuckle',
  'laugh',
] as const;

/**
 * Ways of speaking that Turbo's tokenizer knows. Some runtimes follow them, in others they have no effect
 * (resemble-ai/chatterbox, issue 557), so they are offered as experimental only.
 */
export const DELIVERY_TAGS = [
  'angry',
  'crying',
  'dramatic',
  'fear',
  'happy',
  'narration',
  'sarcastic',
  'surprised',
  'whispering',
  'advertisement',
] as const;

/** Stage directions of ElevenLabs v3 and v4 that a voice can follow. Source: ElevenLabs, “Prompting Eleven v3”. */
export const VOICED_DIRECTIONS = [
  'laughs',
  'laughs harder',
  'starts laughing',
  'wheezing',
  'whispers',
  'sighs',
  'exhales',
  'sarcastic',
  'curious',
  'excited',
  'crying',
  'snorts',
  'mischievously',
];

/** Effects, and what that source calls experimental. */
export const EFFECT_DIRECTIONS = ['gunshot', 'applause', 'clapping', 'explosion', 'swallows', 'gulps', 'sings', 'woo'];

const STAGE_DIRECTIONS = [...VOICED_DIRECTIONS, ...EFFECT_DIRECTIONS];

/** The same sound in the other family's words. What is not here has no equal there. */
const TO_ELEVENLABS: Readonly<Record<string, string>> = {
  'clear throat': 'clears throat',
  sigh: 'sighs',
  cough: 'coughs',
  groan: 'groans',
  sniff: 'sniffs',
  gasp: 'gasps',
  chuckle: 'chuckles',
  laugh: 'laughs',
  whispering: 'whispers',
  fear: 'scared',
};
const TO_CHATTERBOX: Readonly<Record<string, string>> = {
  laughs: 'laugh',
  'laughs harder': 'laugh',
  'starts laughing': 'laugh',
  chuckles: 'chuckle',
  sighs: 'sigh',
  exhales: 'sigh',
  coughs: 'cough',
  gasps: 'gasp',
  sniffs: 'sniff',
  groans: 'groan',
  'clears throat': 'clear throat',
  whispers: 'whispering',
  scared: 'fear',
  excited: 'happy',
};

const CHATTERBOX = new Set<string>([...SOUND_TAGS, ...DELIVERY_TAGS]);
const KNOWN = new Set<string>([
  ...CHATTERBOX,
  ...STAGE_DIRECTIONS,
  ...Object.keys(TO_CHATTERBOX),
  ...Object.values(TO_ELEVENLABS),
]);

const BRACKETS = /\[([^[\]]{1,60})\]/gu;
const ACCENT = /^strong .+ accent$/u;

/** A text as a model can take it, and what was done to it. */
export interface AdaptedText {
  text: string;
  /** Tags that were taken out, as they stood in the text. */
  removed: string[];
  /** Tags that were said in the model's own words. */
  translated: string[];
}

const nameOf = (inside: string) => inside.trim().toLowerCase().replace(/\s+/gu, ' ');

/** A tag as servers list it, with or without its brackets, by its name. */
export const bareTag = (tag: string): string => nameOf(tag.replace(/^\s*\[|\]\s*$/gu, ''));

/** The tag in a family's own words; null where it has none. */
function inFamily(name: string, family: TagFamily, own: ReadonlySet<string>): string | null {
  if (family === 'none') return null;
  if (family === 'elevenlabs') return CHATTERBOX.has(name) ? (TO_ELEVENLABS[name] ?? name) : name;
  if (own.has(name)) return name;
  const translated = TO_CHATTERBOX[name];
  return translated !== undefined && own.has(translated) ? translated : null;
}

/**
 * Says a text's tags in a model's own words, and takes out those it would read aloud. Brackets that are no known tag are
 * part of the text and stay, and so do pause marks.
 *
 * @param own tags a Chatterbox model says it has; by default all that are known of
 */
export function adaptTags(text: string, family: TagFamily, own: readonly string[] = [...CHATTERBOX]): AdaptedText {
  const mine = new Set(own.map(nameOf));
  const removed: string[] = [];
  const translated: string[] = [];
  const adapted = text.replace(BRACKETS, (whole, inside: string) => {
    const name = nameOf(inside);
    if (!KNOWN.has(name) && !ACCENT.test(name) && !mine.has(name)) return whole;
    const said = inFamily(name, family, mine);
    if (said === null) {
      removed.push(whole);
      return '';
    }
    if (said !== name) translated.push(whole);
    return `[${said}]`;
  });
  if (removed.length === 0) return { text: adapted, removed, translated };
  const tidy = adapted
    .replace(/[^\S\n]{2,}/gu, ' ')
    .replace(/ +([,.;:!?…])/gu, '$1')
    .replace(/^[^\S\n]+|[^\S\n]+$/gmu, '');
  return { text: tidy, removed, translated };
}
