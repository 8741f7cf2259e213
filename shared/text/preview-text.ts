const PREVIEWS: Readonly<Record<string, (name: string) => string>> = {
  en: (name) => `Hello, I am ${name}. This is how I sound when I read a line for you.`,
  es: (name) => `Hola, soy ${name}. Así suena mi voz cuando leo una línea para ti.`,
  fr: (name) => `Bonjour, je suis ${name}. Voici comment je lis une phrase pour vous.`,
  hi: (name) => `नमस्ते, मैं ${name} हूँ। मेरी आवाज़ ऐसी सुनाई देती है।`,
  it: (name) => `Ciao, sono ${name}. Ecco come suona la mia voce quando leggo una frase.`,
  ja: (name) => `こんにちは、${name}です。わたしのこえは、このようにきこえます。`,
  pt: (name) => `Olá, eu sou ${name}. É assim que a minha voz soa quando leio uma frase.`,
  zh: (name) => `你好，我是${name}。这就是我的声音。`,
  de: (name) => `Hallo, ich bin ${name}. So klingt meine Stimme, wenn ich einen Satz lese.`,
  nl: (name) => `Hallo, ik ben ${name}. Zo klinkt mijn stem als ik een zin lees.`,
  pl: (name) => `Cześć, jestem ${name}. Tak brzmi mój głos.`,
  ru: (name) => `Здравствуйте, я ${name}. Так звучит мой голос.`,
  uk: (name) => `Вітаю, я ${name}. Так звучить мій голос.`,
  sv: (name) => `Hej, jag är ${name}. Så här låter min röst.`,
  da: (name) => `Hej, jeg er ${name}. Sådan lyder min stemme.`,
  nb: (name) => `Hei, jeg er ${name}. Slik høres stemmen min ut.`,
  fi: (name) => `Hei, olen ${name}. Tältä ääneni kuulostaa.`,
  cs: (name) => `Dobrý den, jsem ${name}. Takto zní můj hlas.`,
  tr: (name) => `Merhaba, ben ${name}. Sesim böyle duyuluyor.`,
  el: (name) => `Γεια σας, είμαι ${name}. Έτσι ακούγεται η φωνή μου.`,
  ar: (name) => `مرحبا، أنا ${name}. هكذا يبدو صوتي.`,
  he: (name) => `שלום, אני ${name}. כך נשמע הקול שלי.`,
  ko: (name) => `안녕하세요, 저는 ${name}입니다. 제 목소리는 이렇습니다.`,
  vi: (name) => `Xin chào, tôi là ${name}. Giọng của tôi nghe như thế này.`,
  id: (name) => `Halo, saya ${name}. Begini bunyi suara saya.`,
  ro: (name) => `Bună, sunt ${name}. Așa sună vocea mea.`,
  hu: (name) => `Szia, ${name} vagyok. Így szól a hangom.`,
};

/** A line for a voice to introduce itself with, in its own language where one is known, else in English. */
export function previewText(language: string, name: string): string {
  const say = PREVIEWS[language.split('-')[0]?.toLowerCase() ?? ''] ?? PREVIEWS.en;
  return say ? say(name) : name;
}
