import { Slider } from '@mantine/core';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { clock } from '../screens/takes/take-words.ts';
import classes from './scrubber.module.css';

/** Where in the take it is, how long it is, and the way to another place. */
export function Scrubber() {
  const position = usePlayer((state) => state.position);
  const duration = usePlayer((state) => state.duration);
  const complete = usePlayer((state) => state.complete);
  const takeId = usePlayer((state) => state.takeId);
  const loop = usePlayer((state) => state.loop);
  const end = Math.max(duration, position, 0.01);
  const part = (seconds: number) => `${Math.min(100, (100 * seconds) / end)}%`;
  return (
    <div className={classes.scrubber}>
      <span className={classes.now}>{clock(complete ? Math.min(position, duration) : position, 1)}</span>
      <div className={classes.way}>
        {loop !== null && loop !== 'all' && (
          <div className={classes.region} style={{ left: part(loop.start), width: part(loop.end - loop.start) }} />
        )}
        <Slider
          variant="playhead"
          min={0}
          max={end}
          step={0.01}
          precision={2}
          value={Math.min(position, end)}
          disabled={takeId === null || duration === 0}
          thumbLabel="Position"
          thumbValueText={(value) => `${value.toFixed(1)} of ${duration.toFixed(1)} seconds`}
          onChange={(seconds) => player.seek(seconds)}
        />
      </div>
      <span className={classes.end} data-open={!complete || undefined}>
        {takeId === null ? clock(0, 1) : clock(duration, 1)}
      </span>
    </div>
  );
}
