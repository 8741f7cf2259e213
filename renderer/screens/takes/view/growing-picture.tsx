import { useEffect, useMemo, useRef } from 'react';
import type { Take } from '../../../../shared/schemas/take.ts';
import { ARRIVAL_PEAKS } from '../../../player/arrival-peaks.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { player } from '../../../player/studio-player.ts';
import { clock, takeSeconds } from '../take-words.ts';
import { type ViewColours, viewColours } from './colours.ts';
import { growingSpan, type Span } from './growing-span.ts';
import classes from './take-view.module.css';

/** Seconds a voice needs for a character, about: English read aloud has 14-15 characters a second. */
const SECONDS_PER_CHARACTER = 1 / 14.5;

interface Drawn {
  peaks: readonly number[];
  /** What the width stands for. */
  span: Span;
  /** Seconds that were heard. */
  position: number;
  colours: ViewColours;
}

/** Draws what has arrived from the left; what was heard in the accent colour. */
function draw(canvas: HTMLCanvasElement, { peaks, span, position, colours }: Drawn): void {
  const { clientWidth, clientHeight } = canvas;
  const scale = devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, width, height);
  const step = width / (span.seconds * ARRIVAL_PEAKS);
  const first = Math.floor(span.from * ARRIVAL_PEAKS);
  const heardUntil = (position * ARRIVAL_PEAKS - first) * step;
  // Several peaks that share a column of pixels are drawn as their loudest.
  let column = { x: -1, peak: 0 };
  const paint = () => {
    context.fillStyle = column.x < heardUntil ? colours.accent : colours.dim;
    const tall = Math.max(scale, column.peak * height);
    if (column.x >= 0) context.fillRect(column.x, (height - tall) / 2, Math.max(1, Math.ceil(step)), tall);
  };
  const last = Math.min(peaks.length, first + Math.ceil(span.seconds * ARRIVAL_PEAKS) + 1);
  for (let i = first; i < last; i += 1) {
    const peak = peaks[i] ?? 0;
    const x = Math.floor((i - first) * step);
    if (x === column.x) column.peak = Math.max(column.peak, peak);
    else {
      paint();
      column = { x, peak };
    }
  }
  paint();
}

interface GrowingPictureProps {
  take: Take;
  /** CSS pixels of the waveform; 0 where none is wanted. */
  height: number;
  scheme: 'dark' | 'light';
}

/** What stands in the picture's place while the take is made or measured: its waveform as far as it has arrived. */
export function GrowingPicture({ take, height, scheme }: GrowingPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const position = usePlayer((state) => (state.takeId === take.id ? state.position : 0));
  const arrived = usePlayer((state) => (state.takeId === take.id ? state.duration : 0));
  const seconds = Math.max(arrived, takeSeconds(take) ?? 0);
  const guessed = take.state === 'rendering' ? take.characters * SECONDS_PER_CHARACTER : 0;
  const expected = Math.max(seconds, guessed, 0.1);
  const span = growingSpan(expected, seconds, position);
  const palette = useMemo(() => viewColours(document.body, scheme), [scheme]);
  useEffect(() => {
    const peaks = player.arrivedPeaks(take.id);
    if (canvas.current !== null) draw(canvas.current, { peaks, span, position, colours: palette });
  });
  const words = take.state === 'rendering' ? `${clock(seconds, 1)} of sound so far` : 'Measuring…';
  return (
    <div className={classes.growing}>
      <canvas ref={canvas} className={classes.arriving} style={{ height }} />
      <span className={classes.growingWords}>{words}</span>
    </div>
  );
}
