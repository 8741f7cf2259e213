import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerStopFilled, IconRepeat } from '@tabler/icons-react';
import { usePlayer } from '../player/player-store.ts';
import { waitWords } from '../screens/takes/take-words.ts';
import { isSounding } from '../stores/heard.ts';
import { playOrPause } from '../stores/play.ts';
import { stopPlaying, toggleLoop } from '../stores/transport.ts';
import { HeardSwitch } from './heard-switch.tsx';
import { LevelMeter } from './level-meter.tsx';
import { OutputMenu } from './output-menu.tsx';
import { Scrubber } from './scrubber.tsx';
import classes from './transport-bar.module.css';

/** Play, position, meter, output. */
export function TransportBar() {
  const sounding = usePlayer(({ status }) => isSounding(status));
  const waiting = usePlayer(({ status }) => status === 'waiting' || status === 'buffering');
  const stopped = usePlayer(({ status }) => status === 'idle');
  const loop = usePlayer((state) => state.loop);
  const looping = loop === null ? 'Loop' : loop === 'all' ? 'Loop is on' : 'The region is looped';
  return (
    <section className={classes.bar} aria-label="Transport">
      <div className={classes.buttons}>
        <Tooltip label="Stop">
          <ActionIcon
            size={34}
            aria-label="Stop"
            disabled={stopped}
            className={classes.plain ?? ''}
            onClick={stopPlaying}
          >
            <IconPlayerStopFilled size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={sounding ? 'Pause (space)' : 'Play (space)'}>
          <ActionIcon
            size={40}
            radius={20}
            variant="filled"
            color="lamp"
            aria-label={sounding ? 'Pause' : 'Play'}
            data-waiting={waiting || undefined}
            className={classes.play ?? ''}
            onClick={() => void playOrPause()}
          >
            {sounding ? <IconPlayerPauseFilled size={19} /> : <IconPlayerPlayFilled size={19} />}
          </ActionIcon>
        </Tooltip>
        <Tooltip label={looping}>
          <ActionIcon
            size={34}
            aria-label="Loop"
            aria-pressed={loop !== null}
            color={loop === null ? 'gray' : 'lamp'}
            onClick={toggleLoop}
          >
            <IconRepeat size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Scrubber />
      <HeardSwitch />
      <LevelMeter />
      <Figures />
      <OutputMenu />
    </section>
  );
}

/** How soon the sound came, and how often it was not there in time. */
function Figures() {
  const first = usePlayer((state) => state.firstSoundMs);
  const underruns = usePlayer((state) => state.underruns);
  return (
    <dl className={classes.figures}>
      <div>
        <dt>first sound</dt>
        <dd>{first === null ? '–' : waitWords(first)}</dd>
      </div>
      <div data-warn={underruns > 0 || undefined} data-off={underruns === 0 || undefined}>
        <dt>underruns</dt>
        <dd>{underruns}</dd>
      </div>
    </dl>
  );
}
