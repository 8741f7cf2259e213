import type { Lane } from '../../../stores/takes-view.ts';

/** Heights in CSS pixels. */
export const LANE_HEIGHT: Readonly<Record<Lane, number>> = { waveform: 84, spectrogram: 128, pitch: 76 };
export const TIMELINE_HEIGHT = 18;
/** Room for the scroll bar of a picture that is zoomed in, kept always so that nothing moves. */
export const SCROLLBAR_HEIGHT = 10;

/** Height of a picture with these lanes, known before anything is drawn. */
export function viewHeight(shown: Readonly<Record<Lane, boolean>>): number {
  let height = TIMELINE_HEIGHT + SCROLLBAR_HEIGHT;
  for (const lane of ['waveform', 'spectrogram', 'pitch'] as const) if (shown[lane]) height += LANE_HEIGHT[lane];
  return height;
}
