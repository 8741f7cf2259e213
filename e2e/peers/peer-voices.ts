import { createHash } from 'node:crypto';
import type { PeerVoice } from './speech.ts';

/** A voice as a server knows it, and how it sounds. */
export interface NamedVoice {
  name: string;
  sound: PeerVoice;
}

/** Ranges in which eSpeak NG is still understood well. */
const PITCHES = { from: 10, steps: 80 };
const RATES = { from: 145, steps: 60 };

/** The voice number so-and-so; up to 80 of them all differ by ear. @param language of eSpeak NG, for example `en-us` */
export function numberedVoice(name: string, number: number, language = 'en-us'): NamedVoice {
  const pitch = PITCHES.from + ((number * 37) % PITCHES.steps);
  return { name, sound: { language, pitch, rate: RATES.from + ((number * 23) % RATES.steps) } };
}

/** The voice of a recording: the same recording is the same voice, whatever its name. */
export function recordedVoice(name: string, recording: Uint8Array, language = 'en-us'): NamedVoice {
  return numberedVoice(name, createHash('sha256').update(recording).digest().readUInt16LE(0), language);
}

/** The same voice in another language. */
export function inLanguage(voice: NamedVoice, language: string): NamedVoice {
  return { ...voice, sound: { ...voice.sound, language: language === 'en' ? 'en-us' : language } };
}

/**
 * The same voice as another seed has it: a little faster or slower, higher or lower. One seed is always the same.
 */
export function withSeed(voice: NamedVoice, seed: number): NamedVoice {
  const { pitch, rate, language } = voice.sound;
  const step = seed % 9;
  return { ...voice, sound: { language, pitch: pitch + (step % 3) * 2, rate: rate + Math.floor(step / 3) * 4 } };
}

/** Seeds for those who ask for none: each another one, and the same ones in every run. */
export function freshSeeds(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
