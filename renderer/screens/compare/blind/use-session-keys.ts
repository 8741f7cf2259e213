import { useEffect } from 'react';
import type { ListeningTrial } from '../../../../shared/schemas/listening.ts';
import { player } from '../../../player/studio-player.ts';
import { chordOf } from '../../../stores/chord.ts';
import { type CommandId, provideCommand } from '../../../stores/commands.ts';
import {
  hear,
  hearBefore,
  markHere,
  playOrPauseStimulus,
  stepPlace,
  toggleStimulusLoop,
  useHearing,
} from '../../../stores/listening/hearing.ts';
import { confirmAnswer, rate, useSitting } from '../../../stores/listening/sitting.ts';

/** Points by which a key moves a fader; it begins in the middle. */
const STEPS: Record<string, number> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
const MIDDLE = 50;

/** Moves the fader of a stimulus. */
export function moveFader(stimulus: string, by: number): void {
  const before = useSitting.getState().ratings[stimulus];
  rate(stimulus, before === undefined ? MIDDLE : before + by);
}

/** Hears the stimulus at a place of the page, and makes the fader it has the one that is moved. */
export function hearPlaceOf({ places }: ListeningTrial, name: string): void {
  const place = places.find((one) => one.place === name);
  if (!place) return;
  hear(place.stimulus);
  document.querySelector<HTMLElement>(`[data-fader="${name}"]`)?.focus();
}

/** Places in the order of the number keys. */
function numbered({ places }: ListeningTrial): string[] {
  return places.map(({ place }) => place).filter((place) => place !== 'R');
}

function choiceOf({ method }: ListeningTrial, key: string): 'A' | 'B' | 'none' | null {
  if (method !== 'preference' && method !== 'abx') return null;
  if (key === 'A' || key === 'B') return key;
  return key === 'N' && method === 'preference' ? 'none' : null;
}

/** What a key does that is no command of the studio. @returns whether it did something */
function press(trial: ListeningTrial, chord: string, focus: Element | null): boolean {
  const choice = choiceOf(trial, chord);
  if (choice !== null) {
    // What was not heard yet is not judged: the buttons say so as well.
    document.querySelector<HTMLElement>(`[data-choice="${choice}"]:not(:disabled)`)?.click();
    return true;
  }
  const place = { R: 'R', '9': '9', '0': '10' }[chord];
  if (place !== undefined) {
    hearPlaceOf(trial, place);
    return true;
  }
  if (chord === '[' || chord === ']') {
    markHere(chord === '[' ? 'start' : 'end');
    return true;
  }
  if (chord === 'Enter') {
    const pressed = focus?.closest('button, [role="button"]');
    const confirms = !pressed || pressed.matches('[aria-pressed="true"], [data-confirm]');
    if (confirms) void confirmAnswer();
    return confirms;
  }
  const fader = focus?.closest('[data-fader]')?.getAttribute('data-fader');
  if (fader && (chord === 'ArrowLeft' || chord === 'ArrowRight')) {
    stepPlace(chord === 'ArrowLeft' ? -1 : 1);
    return true;
  }
  const by = STEPS[chord.replace('Shift+', '')];
  const { stimulus } = useHearing.getState();
  const moved = trial.places.find((one) => one.rated && (fader ? one.place === fader : one.stimulus === stimulus));
  if (by === undefined || !moved) return false;
  moveFader(moved.stimulus, chord.startsWith('Shift+') ? by * 10 : by);
  return true;
}

/** Keys of a trial: numbers hear, space plays, L repeats, X flips back, arrows move, Enter confirms. */
export function useSessionKeys(trial: ListeningTrial): void {
  useEffect(() => {
    const names = numbered(trial);
    const commands: Partial<Record<CommandId, () => void>> = {
      play: () => playOrPauseStimulus(trial.places[0]?.stimulus ?? ''),
      stop: () => player.pause(),
      loop: toggleStimulusLoop,
      flip: hearBefore,
      'skip-back': () => stepPlace(-1),
      'skip-forward': () => stepPlace(1),
    };
    for (const [index, name] of names.slice(0, 8).entries()) {
      commands[`slot-${index + 1}` as CommandId] = () => hearPlaceOf(trial, name);
    }
    const stops = Object.entries(commands).map(([id, run]) => provideCommand(id as CommandId, run));
    const keys = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      const chord = chordOf(event);
      if (event.defaultPrevented || chord === null || (event.repeat && chord === 'Enter')) return;
      if (!press(trial, chord, event.target instanceof Element ? event.target : null)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', onKey, { signal: keys.signal, capture: true });
    return () => {
      keys.abort();
      for (const stop of stops) stop();
    };
  }, [trial]);
}
