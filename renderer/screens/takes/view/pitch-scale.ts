/** Range of a pitch axis in Hz; logarithmic between the two. */
export interface PitchRange {
  low: number;
  high: number;
}

/** A line of the axis. */
export interface PitchMark {
  hz: number;
  label: string;
}

const NOTES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'] as const;
const ROUND_HZ = [50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500] as const;

/** A4 = 440 Hz is note 69 (ISO 16, MIDI numbering). */
export function noteNumber(hz: number): number {
  return 69 + 12 * Math.log2(hz / 440);
}

export function noteHz(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** “A3”: the name of a whole note number. */
export function noteName(note: number): string {
  return `${NOTES[((note % 12) + 12) % 12]}${Math.floor(note / 12) - 1}`;
}

/** Part of a curve at either end that may be strays of the detector, which jump by an octave. */
const STRAYS = 0.01;
/** How far from the rest a value may be and still be a voice's: a fifth. */
const NEAR = 2 ** (7 / 12);

/**
 * The range a curve is best seen in: all of it but strays, with two semitones to spare, at least one octave. 0 is "no
 * voice".
 */
export function pitchRange(curve: readonly number[]): PitchRange | null {
  const voiced = curve.filter((hz) => hz > 0).sort((a, b) => a - b);
  const last = voiced.length - 1;
  const strays = Math.floor(voiced.length * STRAYS);
  const [lowest, highest] = [voiced[0], voiced[last]];
  if (lowest === undefined || highest === undefined) return null;
  const low = Math.max(lowest, (voiced[strays] ?? lowest) / NEAR);
  const high = Math.min(highest, (voiced[last - strays] ?? highest) * NEAR);
  const spare = 2 ** (2 / 12);
  const widen = Math.max(1, Math.sqrt(2 / ((high * spare) / (low / spare))));
  return { low: low / spare / widen, high: high * spare * widen };
}

/** 0 at the bottom of the range, 1 at its top. */
export function pitchHeight(hz: number, range: PitchRange): number {
  return Math.log2(hz / range.low) / Math.log2(range.high / range.low);
}

/** Semitones between two lines: parts of an octave that a reader can count in. */
const NOTE_STEPS = [1, 2, 3, 4, 6, 12, 24, 48] as const;
/** A4; every axis of notes has the A's in it. */
const CONCERT_PITCH = 69;

function noteMarks(range: PitchRange, step: number): PitchMark[] {
  const first = Math.ceil((noteNumber(range.low) - CONCERT_PITCH) / step) * step + CONCERT_PITCH;
  const last = noteNumber(range.high);
  const marks: PitchMark[] = [];
  for (let note = first; note <= last; note += step) marks.push({ hz: noteHz(note), label: noteName(note) });
  return marks;
}

/** Lines of the axis: at most `most`, at round figures or at notes. */
export function pitchMarks(range: PitchRange, axis: 'hz' | 'notes', most: number): PitchMark[] {
  const room = Math.max(1, most);
  if (axis === 'notes') {
    for (const step of NOTE_STEPS) {
      const marks = noteMarks(range, step);
      if (marks.length <= room) return marks;
    }
    return [];
  }
  const inside = ROUND_HZ.filter((hz) => hz >= range.low && hz <= range.high);
  const step = Math.ceil(inside.length / room);
  return inside.filter((_, i) => i % step === 0).map((hz) => ({ hz, label: String(hz) }));
}
