import { useEffect, useMemo, useRef } from 'react';
import type { Take } from '../../../../shared/schemas/take.ts';
import { estimateSeconds } from '../../../../shared/text/estimate.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { player } from '../../../player/studio-player.ts';
import { clock, takeSeconds } from '../take-words.ts';
import { viewColours } from './colours.ts';
import { drawGrowing } from './draw-growing.ts';
import { growingSpan } from './growing-span.ts';
import { TIMELINE_HEIGHT } from './lane-heights.ts';
import classes from './take-view.module.css';

/** How far it is: “0:12.4 of sound so far, about 2:10 in all”. */
function words(take: Take, seconds: number, guessed: number): string {
  if (take.state !== 'rendering') return 'Measuring…';
  const whole = guessed > seconds ? `, about ${clock(guessed, 0)} in all` : '';
  return `${clock(seconds, 1)} of sound so far${whole}`;
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
  const { text, language, sent } = take;
  const estimate = useMemo(() => estimateSeconds(text, language, sent.speed), [text, language, sent.speed]);
  const guessed = take.state === 'rendering' ? estimate : 0;
  const expected = Math.max(seconds, guessed, 0.1);
  const span = growingSpan(expected, seconds, position);
  const colours = useMemo(() => viewColours(document.body, scheme), [scheme]);
  useEffect(() => {
    const peaks = player.arrivedPeaks(take.id);
    if (canvas.current !== null) drawGrowing(canvas.current, { peaks, span, expected, position, height, colours });
  });
  return (
    <div className={classes.growing}>
      <canvas ref={canvas} className={classes.arriving} style={{ height: height + TIMELINE_HEIGHT }} />
      <span className={classes.growingWords}>{words(take, seconds, guessed)}</span>
    </div>
  );
}
