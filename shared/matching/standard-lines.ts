import { MOST_LINES } from '../schemas/mapping.ts';

/**
 * Lines that voices are compared in: between them the first three of a language have nearly all of its sounds, and each has
 * stressed and weak syllables and a change of tone. The studio’s own; a person may write others.
 */
const LINES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'The quick judge measured each bright jewel with a thin golden ring.',
    'Why would you choose to fly so far above the rough and foggy southern shore?',
    'My boys usually hear about the noise of thirty chairs being pulled across the bare floor.',
    'Your table for two is ready at half past seven. Would you like to sit by the window?',
    'Beth put the azure vase down, took a deep breath, and laughed until it hurt.',
    'I’m afraid we had to change the date of your delivery; shall I read you the new one?',
    'Four young bakers each joined the village choir on the very same Thursday.',
    'Nothing was wrong with the engine, though its voice had grown strangely hoarse.',
    'Please hold the line: somebody who knows the answer will be with you shortly.',
    'What a wonderful idea! We should have thought of it a good many years ago.',
  ],
  de: [
    'Zwölf junge Bäcker zogen früh am Morgen fröhlich durch die engen Gassen.',
    'Möchten Sie wirklich bis zum Ende warten, obwohl es draußen schon dunkel ist?',
    'Euer Buch über Pflanzen liegt noch auf dem Tisch neben dem schönen Kamin.',
    'Ihr Tisch für zwei ist um halb acht bereit. Sitzen Sie gern am Fenster?',
    'Ich fürchte, wir mussten den Termin verschieben; soll ich Ihnen den neuen vorlesen?',
  ],
  es: [
    'El joven guitarrista llegó muy temprano y llenó de música la vieja plaza.',
    '¿Quién hubiera creído que aquel niño pequeño hablaría así delante de todos?',
    'Mañana viajaremos a la costa con la familia, aunque haga frío y llueva mucho.',
    'Su mesa para dos está lista a las siete y media. ¿Prefiere sentarse junto a la ventana?',
    'Me temo que tuvimos que cambiar la fecha; ¿quiere que le lea la nueva?',
  ],
  fr: [
    'Chaque jeudi, un vieux boulanger chante doucement en rangeant ses pains ronds.',
    'Pourquoi voulez-vous partir aujourd’hui, alors que la neige tombe encore sur la montagne ?',
    'Ma sœur cueille des fleurs bleues près du puits, puis elle lit jusqu’à la nuit.',
    'Votre table pour deux est prête. Souhaitez-vous être près de la fenêtre ?',
    'Je crains que la date n’ait changé ; voulez-vous que je vous lise la nouvelle ?',
  ],
  it: [
    'Ogni giovedì il vecchio fornaio canta piano mentre sforna le sue pagnotte dolci.',
    'Perché vuoi partire proprio oggi, se la neve scende ancora sulla montagna?',
    'Mia figlia raccoglie gli asparagi vicino al pozzo e poi legge fino a mezzanotte.',
    'Il tavolo per due è pronto alle sette e mezza. Preferisce sedersi vicino alla finestra?',
    'Temo che la data sia cambiata; vuole che le legga quella nuova?',
  ],
  pt: [
    'Toda quinta-feira o velho padeiro canta baixinho enquanto tira os pães do forno.',
    'Por que você quer partir justamente hoje, se ainda chove tanto na montanha?',
    'Minha filha colhe maçãs junto ao poço e depois lê até não haver mais luz.',
    'Sua mesa para dois está pronta às sete e meia. Prefere sentar perto da janela?',
    'Receio que a data tenha mudado; quer que eu leia a nova?',
  ],
  hi: [
    'नमस्ते! आपकी मेज़ साढ़े सात बजे तैयार है। क्या आप खिड़की के पास बैठना चाहेंगे?',
    'हर गुरुवार को बूढ़ा दुकानदार धीरे-धीरे गाना गाते हुए मिठाई बनाता है।',
    'क्या आप सचमुच आज ही जाना चाहते हैं, जबकि पहाड़ पर अभी भी बारिश हो रही है?',
  ],
  ja: [
    'おはようございます。二名様のお席は七時半にご用意できます。窓際がよろしいですか。',
    '木曜日の朝、年を取ったパン屋さんは、静かに歌いながら丸いパンを並べます。',
    'どうして今日出かけるのですか。山ではまだ雪が降っているのに。',
  ],
  zh: [
    '早上好！您的双人桌七点半准备好。您想坐在窗边吗？',
    '每个星期四，老面包师一边轻轻唱歌，一边把圆面包摆得整整齐齐。',
    '山上还在下雪，你为什么偏偏要今天出发呢？',
  ],
};

const OTHERS = 'en';

/** Languages that there are lines of, as BCP 47 tags without a region. */
export const STANDARD_LANGUAGES: readonly string[] = Object.keys(LINES);

/**
 * Lines that voices are compared in.
 *
 * @param language BCP 47 tag; where there are no lines of it, or it is null, they are English
 */
export function standardLines(language: string | null): string[] {
  const base = language?.split('-')[0]?.toLowerCase() ?? OTHERS;
  return [...(LINES[base] ?? LINES[OTHERS] ?? [])].slice(0, MOST_LINES);
}
