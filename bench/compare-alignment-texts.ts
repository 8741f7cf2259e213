import { seeded } from '../shared/seeded.ts';

/** Sentences that neither network of the alignment was shown. */
export const SENTENCES: readonly string[] = [
  'The library opens at ten, but the reading room on the second floor stays closed.',
  'A truck loaded with apples blocked the entrance to the tunnel for an hour.',
  'My brother learned to swim in the lake behind our school.',
  'Please leave your shoes by the door and hang your coat on the hook.',
  'The festival begins with a concert in the park on Friday evening.',
  'Nobody remembers who painted the ceiling of the chapel.',
  'She kept the receipt in case the jacket had to be returned.',
  'The bus driver waved at the children as they crossed the road.',
  'It was so cold that the water in the bucket turned to ice.',
  'The new mayor promised to repair the roads before the winter.',
  'We found the address of the shop at the back of a magazine.',
  'The detective studied the footprints under the bedroom window.',
  'An empty bottle rolled from one side of the deck to the other.',
  'The author signed a copy of the novel for every person in the line.',
  'Her cousin works as a guide in a national park in the west.',
  'The phone on the desk rang twice and then went dead.',
  'A swarm of bees settled on the branch of the old apple tree.',
  'They repaired the fence with a hammer and a handful of nails.',
  'The mountain hut offers soup, bread and a bed for the night.',
  'He spent the afternoon sorting stamps in the attic.',
  'The bank refused to lend him the money for the second house.',
  'A thin line of smoke rose above the roofs of the village.',
  'The twins wore the same hats to the wedding of their aunt.',
  'In spring the meadow by the stream is covered with wild flowers.',
  'The waiter brought the wrong order to the table by the wall.',
  'Keep the medicine in a dry place out of the reach of children.',
  'The choir rehearsed the song until every note was right.',
  'A stranger in a dark coat asked for the way to the airport.',
  'The ferry to the mainland was delayed by thick fog.',
  'I left my umbrella on the train and had to run through the rain.',
  'The goat climbed onto the roof of the barn and would not come down.',
  'Turn off the heater and lock the cupboard when you have finished.',
  'The inventor of the machine never earned a penny from it.',
  'Two hundred people signed the letter against the motorway.',
  'The puppy chewed a hole in the sleeve of my favourite jumper.',
  'The coach told the players to rest for the remainder of the day.',
];

/** What is done to a sentence, and whether it is a word with a meaning of its own or one of the short ones. */
export const EDITS = [
  'wrong content word',
  'wrong function word',
  'missing content word',
  'missing function word',
  'added content word',
  'added function word',
  'word said twice',
] as const;
export type Edit = (typeof EDITS)[number];

const FUNCTION_WORDS = ['a', 'the', 'of', 'to', 'in', 'on', 'and', 'for', 'at', 'by'];
/** Short words beside them: neither content, nor put in place of one another. */
const LITTLE = new Set(
  [
    ...FUNCTION_WORDS,
    'an',
    'it',
    'is',
    'was',
    'with',
    'that',
    'his',
    'her',
    'had',
    'be',
    'so',
    'as',
    'from',
    'who',
  ].concat(['my', 'our', 'but', 'you', 'your', 'we', 'he', 'she', 'they', 'their', 'one', 'i', 'and']),
);
const CONTENT_WORDS = [
  'castle',
  'pepper',
  'velvet',
  'twelve',
  'harbour',
  'singing',
  'ocean',
  'metal',
  'gentle',
  'pilot',
];

const bare = (word: string) => word.toLowerCase().replace(/[^a-z]/g, '');

/** A sentence with one word that is wrong, missing or added; null where it has none of that kind. */
export function edited(text: string, edit: Edit, seed: number): string | null {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  const words = text.split(' ');
  // Not the first one, and none with a mark behind it.
  const places = words.map((_, at) => at).filter((at) => at > 0 && /^[\w']+$/.test(words[at] ?? ''));
  const word = (at: number) => bare(words[at] ?? '');
  const isFunction = (at: number) => FUNCTION_WORDS.includes(word(at));
  const isContent = (at: number) => word(at).length >= 3 && !LITTLE.has(word(at));
  const of = (which: (at: number) => boolean) => pick(places.filter(which));
  const change = (at: number | undefined, removed: number, ...instead: (string | undefined)[]) =>
    at === undefined ? null : words.toSpliced(at, removed, ...instead.flatMap((one) => one ?? [])).join(' ');
  switch (edit) {
    case 'wrong content word':
      return change(of(isContent), 1, pick(CONTENT_WORDS));
    case 'wrong function word': {
      const at = of(isFunction);
      return change(at, 1, pick(FUNCTION_WORDS.filter((other) => at !== undefined && other !== word(at))));
    }
    case 'missing content word':
      return change(of(isContent), 1);
    case 'missing function word':
      return change(of(isFunction), 1);
    case 'added content word':
      return change(pick(places), 0, pick(CONTENT_WORDS));
    case 'added function word':
      return change(pick(places), 0, pick(FUNCTION_WORDS));
    case 'word said twice': {
      const at = pick(places);
      return change(at, 0, at === undefined ? undefined : words[at]);
    }
  }
}
