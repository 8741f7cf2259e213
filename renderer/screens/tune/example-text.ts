import { baseLanguage } from '../../stores/voice-filter.ts';

/** A line worth hearing in each language: it has questions, figures and a change of mood. */
const EXAMPLES: Record<string, string> = {
  en: 'Good morning! Your table for two is ready at half past seven. Would you like to sit by the window?',
  de: 'Guten Morgen! Ihr Tisch für zwei ist um halb acht bereit. Möchten Sie am Fenster sitzen?',
  es: '¡Buenos días! Su mesa para dos está lista a las siete y media. ¿Prefiere sentarse junto a la ventana?',
  fr: 'Bonjour ! Votre table pour deux est prête à dix-neuf heures trente. Souhaitez-vous être près de la fenêtre ?',
  it: 'Buongiorno! Il tavolo per due è pronto alle sette e mezza. Preferisce sedersi vicino alla finestra?',
  pt: 'Bom dia! Sua mesa para dois está pronta às sete e meia. Prefere sentar perto da janela?',
  hi: 'नमस्ते! आपकी मेज़ साढ़े सात बजे तैयार है। क्या आप खिड़की के पास बैठना चाहेंगे?',
  ja: 'おはようございます。二名様のお席は七時半にご用意できます。窓際がよろしいですか。',
  zh: '早上好！您的双人桌七点半准备好。您想坐在窗边吗？',
};

/** A line to begin with, in the voice's language where there is one. */
export function exampleFor(language: string): string {
  return EXAMPLES[baseLanguage(language)] ?? EXAMPLES.en ?? '';
}
