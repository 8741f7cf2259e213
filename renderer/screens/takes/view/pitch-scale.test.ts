import { describe, expect, it } from 'vitest';
import { noteHz, noteName, noteNumber, pitchHeight, pitchMarks, pitchRange } from './pitch-scale.ts';

describe('the pitch axis', () => {
  it('names notes by the concert pitch', () => {
    expect(noteName(69)).toBe('A4');
    expect(noteName(60)).toBe('C4');
    expect(noteHz(69)).toBe(440);
    expect(noteNumber(220)).toBeCloseTo(57, 9);
  });

  it('holds the whole curve, at least an octave, and nothing of silence', () => {
    const range = pitchRange([0, 110, 220, 0, 330]);
    if (range === null) throw new Error('no range');
    expect(range.low).toBeLessThan(110);
    expect(range.high).toBeGreaterThan(330);
    const flat = pitchRange([200, 200.1]);
    if (flat === null) throw new Error('no range');
    expect(flat.high / flat.low).toBeCloseTo(2, 6);
    expect(pitchHeight(200, flat)).toBeCloseTo(0.5, 2);
    expect(pitchRange([0, 0])).toBeNull();
  });

  it('is not squeezed by a stray an octave away, and keeps what a voice really did', () => {
    const speech = Array.from({ length: 400 }, (_, i) => 180 + 60 * Math.sin(i / 20));
    const usual = pitchRange(speech);
    const stray = pitchRange([...speech, 60, 960]);
    if (usual === null || stray === null) throw new Error('no range');
    expect(Math.log2(stray.high / stray.low)).toBeLessThan(Math.log2(usual.high / usual.low) + 1.2);
    expect(stray.low).toBeGreaterThan(60);
    expect(stray.high).toBeLessThan(960);
    expect(pitchRange([...speech, 300])?.high).toBeGreaterThan(300);
  });

  it('has no more lines than there is room for, all inside', () => {
    const range = { low: 80, high: 400 };
    for (const axis of ['hz', 'notes'] as const) {
      for (const most of [1, 3, 6, 40]) {
        const marks = pitchMarks(range, axis, most);
        expect(marks.length).toBeLessThanOrEqual(most);
        expect(marks.every(({ hz }) => hz >= range.low && hz <= range.high)).toBe(true);
      }
    }
    expect(pitchMarks(range, 'notes', 4).map(({ label }) => label)).toContain('A3');
  });
});
