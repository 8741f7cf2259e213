/** A line of a frequency axis. */
export interface FrequencyMark {
  hz: number;
  label: string;
}

/** Round figures, those that a reader of speech wants first before the others. */
const WANTED = [1000, 4000, 2000, 500, 6000, 250, 3000] as const;

/** O'Shaughnessy's mel scale, as wavesurfer's spectrogram has it. */
function mel(hz: number): number {
  return 2595 * Math.log10(1 + hz / 700);
}

/** 0 at the bottom (0 Hz) of a mel axis, 1 at its top. */
export function melHeight(hz: number, top: number): number {
  return mel(hz) / mel(top);
}

/**
 * Marks of a mel axis, as many as have room, from low to high.
 *
 * @param top Hz at the upper edge
 * @param height of the axis in CSS pixels
 * @param room CSS pixels between two marks and to the edges, at least
 */
export function frequencyMarks(top: number, height: number, room: number): FrequencyMark[] {
  const taken: number[] = [];
  for (const hz of WANTED) {
    const at = melHeight(hz, top) * height;
    const free = at >= room / 2 && at <= height - room / 2;
    if (free && taken.every((other) => Math.abs(melHeight(other, top) * height - at) >= room)) taken.push(hz);
  }
  return taken.sort((a, b) => a - b).map((hz) => ({ hz, label: hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz` }));
}
