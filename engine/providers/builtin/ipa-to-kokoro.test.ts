import { describe, expect, it } from 'vitest';
import { ipaToKokoro } from './ipa-to-kokoro.ts';
import { hasSound, toTokens } from './kokoro-tokens.ts';

describe('ipaToKokoro', () => {
  it('writes American English as the model was taught', () => {
    expect(ipaToKokoro('ð_ɪ ˈoʊ_l_d l_ˈaɪ_t_h_aʊ_s k_ˈiː_p_ɚ\n', 'american')).toBe('ðɪ ˈOld lˈIthWs kˈipəɹ');
    expect(ipaToKokoro('b_ˈʌ_ʔ_n̩ w_ˈɔː_ɾ_ɚ n_ˈɜː_s tʃ_ˈɔɪ_s', 'american')).toBe('bˈʌtᵊn wˈɔTəɹ nˈɜɹs ʧˈYs');
  });

  it('keeps British length and vowels', () => {
    expect(ipaToKokoro('ð_ˈeə ɡ_ˈəʊ_t n_ˈɜː_s', 'british')).toBe('ðˈɛː ɡˈQt nˈɜːs');
  });

  it('drops marks of language changes, and maps affricates of other languages', () => {
    expect(ipaToKokoro('p_ˈi_tsː_a (en)_w_ˈɜː_l_d_(it) tʃ_ˈa_o', 'other')).toBe('pˈiʦːa wˈɜːld ʧˈao');
  });

  it('turns tones into arrows', () => {
    expect(ipaToKokoro('tɕ_ˈi5_n χ_ˈɑu2', 'other', true)).toBe('ʨˈi→n χˈɑu↓');
  });
});

describe('toTokens', () => {
  it('gives the ids of the model, and leaves out what it does not know', () => {
    expect(toTokens('hˈəlO!')).toEqual([50, 156, 83, 54, 31, 5]);
    expect(toTokens('a☃b')).toEqual([43, 44]);
  });

  it('knows marks from sounds', () => {
    expect(hasSound(toTokens('... —!?'))).toBe(false);
    expect(hasSound(toTokens('ˈˌː'))).toBe(false);
    expect(hasSound(toTokens('. a'))).toBe(true);
  });
});
