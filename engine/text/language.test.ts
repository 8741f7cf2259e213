import { describe, expect, it } from 'vitest';
import { detectLanguage, languageMismatch } from './language.ts';

describe('detectLanguage', () => {
  it.each([
    ['Please confirm your appointment for tomorrow morning.', 'en'],
    ['Por favor, confirme su cita para mañana por la mañana.', 'es'],
    ['Veuillez confirmer votre rendez-vous de demain matin.', 'fr'],
    ['Per favore, conferma il tuo appuntamento di domani mattina.', 'it'],
    ['Por favor, confirme a sua consulta de amanhã de manhã.', 'pt'],
    ['Bitte bestätigen Sie Ihren Termin morgen früh.', 'de'],
    ['कृपया कल सुबह की अपनी मुलाक़ात की पुष्टि करें।', 'hi'],
    ['明日の朝の予約を確認してください。', 'ja'],
    ['请确认您明天早上的预约。', 'zh'],
    ['Bekreft avtalen din i morgen tidlig, er du snill.', 'nb'],
  ])('%s', (text, tag) => {
    expect(detectLanguage(text)).toMatchObject({ tag, sure: true });
  });

  it.each(['Hello', 'ok', 'Taxi!', 'Timbre', 'No way'])('is not sure of %s', (text) => {
    expect(detectLanguage(text)?.sure ?? false).toBe(false);
  });

  it('tells nothing of a text without letters', () => {
    expect(detectLanguage('123 456')).toBeNull();
    expect(detectLanguage('😀 ...')).toBeNull();
  });
});

describe('languageMismatch', () => {
  const spanish = detectLanguage('Buenos días, ¿cómo está usted hoy? Me alegro de verle.');

  it('says so when the voice does not speak the language', () => {
    expect(languageMismatch(spanish, { name: 'Heart', languages: ['en-US'] })).toBe(
      'This text looks like Spanish, and Heart speaks English: it may not sound right.',
    );
  });

  it('says nothing when it does, whatever the region', () => {
    expect(languageMismatch(spanish, { name: 'Dora', languages: ['es-419'] })).toBeNull();
    expect(languageMismatch({ tag: 'nb', name: 'Norwegian', sure: true }, { name: 'N', languages: ['no'] })).toBeNull();
    expect(languageMismatch({ tag: 'zh', name: 'Chinese', sure: true }, { name: 'N', languages: ['cmn'] })).toBeNull();
  });

  it('says nothing where it is not sure or nothing is known', () => {
    expect(languageMismatch(detectLanguage('Hola'), { name: 'Heart', languages: ['en-US'] })).toBeNull();
    expect(languageMismatch(spanish, { name: 'X', languages: [] })).toBeNull();
  });
});
