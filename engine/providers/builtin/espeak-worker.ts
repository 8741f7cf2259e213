import loadEspeak, { type ESpeakNGEvent, type ESpeakNGWorker } from '@echogarden/espeak-ng-emscripten';
import { fault } from '../../../shared/errors.ts';
import { answerCommands } from '../../workers/answer-commands.ts';
import { EspeakCommand, type EspeakTold, type EspeakVoice } from './speech-commands.ts';

let engine: Promise<ESpeakNGWorker> | null = null;

async function open(): Promise<ESpeakNGWorker> {
  const module = await loadEspeak();
  return new module.eSpeakNGWorker();
}

function listVoices(espeak: ESpeakNGWorker): EspeakVoice[] {
  return espeak.list_voices().map(({ name, identifier, languages }) => ({
    name,
    identifier,
    languages: languages.map((language) => language.name),
  }));
}

function setVoice(espeak: ESpeakNGWorker, voice: string): void {
  if (espeak.set_voice(voice) !== 0) throw fault('unknown_voice', `eSpeak NG has no voice “${voice}”.`);
}

function note(told: EspeakTold, { type, text_position, audio_position, id }: ESpeakNGEvent): void {
  const time = audio_position / 1000;
  if (type === 'word') told.words.push({ at: text_position - 1, time });
  if (type === 'phoneme') told.phonemes.push({ ipa: String(id ?? ''), time });
}

answerCommands(EspeakCommand, async (command, answering) => {
  engine ??= open();
  const espeak = await engine;
  switch (command.type) {
    case 'voices':
      return { result: { voices: listVoices(espeak), sampleRate: espeak.get_samplerate() } };
    case 'phonemes':
      setVoice(espeak, command.voice);
      return { result: command.texts.map((text) => (text.trim() === '' ? '' : espeak.synthesize_ipa(text).ipa)) };
    case 'speak': {
      setVoice(espeak, command.voice);
      espeak.set_rate(command.rate);
      espeak.set_pitch(command.pitch);
      espeak.set_range(command.range);
      const stop = new Int32Array(command.stop);
      const told: EspeakTold = { words: [], phonemes: [] };
      espeak.synthesize(command.text, (samples, events) => {
        if (Atomics.load(stop, 0) !== 0) return true;
        for (const event of events) note(told, event);
        if (samples.length > 0) answering.sound(samples);
        return false;
      });
      return { result: told };
    }
  }
});
