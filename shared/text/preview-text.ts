/** A short sentence by language, in which a voice introduces itself. `{name}` is the voice's name. */
const SENTENCES: Record<string, string> = {
  en: 'Hello, I am {name}. This is how I sound when I read to you.',
  es: 'Hola, soy {name}. Así sueno cuando te leo algo.',
  fr: 'Bonjour, je suis {name}. Voici ma voix quand je lis pour vous.',
  de: 'Hallo, ich bin {name}. So klinge ich, wenn ich dir vorlese.',
  it: 'Ciao, sono {name}. Ecco come suono quando leggo per te.',
  pt: 'Olá, eu sou {name}. É assim que eu soo quando leio para você.',
  nl: 'Hallo, ik ben {name}. Zo klink ik als ik je voorlees.',
  pl: 'Cześć, jestem {name}. Tak brzmię, kiedy czytam.',
  hi: 'नमस्ते, मैं {name} हूँ। मेरी आवाज़ ऐसी है।',
  ja: 'こんにちは、{name}です。私の声はこのように聞こえます。',
  zh: '你好，我是{name}。这就是我朗读时的声音。',
  ru: 'Здравствуйте, меня зовут {name}. Вот так звучит мой голос.',
  sv: 'Hej, jag heter {name}. Så här låter jag när jag läser.',
  tr: 'Merhaba, ben {name}. Okurken sesim böyle.',
  uk: 'Вітаю, мене звати {name}. Ось так звучить мій голос.',
};

/** Text of a voice's preview in its language; English where there is none in it. @param language BCP 47 tag */
export function previewText(language: string, name: string): string {
  const sentence = SENTENCES[language.split('-')[0]?.toLowerCase() ?? ''] ?? SENTENCES.en ?? '{name}';
  return sentence.replace('{name}', name);
}
