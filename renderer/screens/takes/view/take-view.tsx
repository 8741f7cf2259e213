import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAdjustments,
  IconDownload,
  IconInfoCircle,
  IconRefresh,
  IconReplace,
  IconX,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from '@tabler/icons-react';
import { useState } from 'react';
import { heardVoice } from '../../../../shared/export/heard-voice.ts';
import type { Take } from '../../../../shared/schemas/take.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { player } from '../../../player/studio-player.ts';
import { useExports } from '../../../stores/exports.ts';
import { LANES, useTakesView } from '../../../stores/takes-view.ts';
import { FaultWords } from '../notices.tsx';
import { anotherTake, applySettingsOf } from '../take-links.ts';
import { clock, insteadWords, levelWords, settingsThatDiffer, takeSeconds, takeTitle } from '../take-words.ts';
import type { Room } from './lane-heights.ts';
import { TakePicture } from './take-picture.tsx';
import classes from './take-view.module.css';
import type { WaveView } from './wave-view.ts';

const ICON = { size: 16, stroke: 1.6 };
const LANE_NAME = { waveform: 'Waveform', spectrogram: 'Spectrogram', pitch: 'Pitch' } as const;

function Lanes() {
  const view = useTakesView();
  return (
    <div className={classes.group}>
      {LANES.map((lane) => (
        <button
          key={lane}
          type="button"
          className={classes.lane}
          aria-pressed={view[lane]}
          onClick={() => view.toggle(lane)}
        >
          {LANE_NAME[lane]}
        </button>
      ))}
      {view.pitch && (
        <Tooltip label="Axis of the pitch curve">
          <button
            type="button"
            className={classes.lane}
            aria-label={`Pitch axis: ${view.axis === 'hz' ? 'Hz' : 'notes'}`}
            onClick={() => view.setAxis(view.axis === 'hz' ? 'notes' : 'hz')}
          >
            {view.axis === 'hz' ? 'Hz' : 'Notes'}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

function Zoom({ wave }: { wave: WaveView | null }) {
  const buttons = [
    { label: 'Zoom out', icon: IconZoomOut, act: () => wave?.zoomBy(1 / 1.6) },
    { label: 'Zoom in', icon: IconZoomIn, act: () => wave?.zoomBy(1.6) },
    { label: 'Whole take', icon: IconZoomReset, act: () => wave?.zoomOut() },
  ];
  return (
    <div className={classes.group}>
      {buttons.map(({ label, icon: Icon, act }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon size={26} aria-label={label} disabled={wave === null} onClick={act}>
            <Icon {...ICON} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

/** The part that is looped, and the way out of it. */
function LoopMark({ take }: { take: Take }) {
  const loop = usePlayer((state) => (state.takeId === take.id ? state.loop : null));
  if (loop === null || loop === 'all') return null;
  return (
    <span className={classes.loop}>
      Loop {clock(loop.start)} – {clock(loop.end)}
      <ActionIcon size={20} aria-label="End the loop" onClick={() => player.setLoop(null)}>
        <IconX size={13} stroke={1.8} />
      </ActionIcon>
    </span>
  );
}

function Deeds({ take, onDetails }: { take: Take; onDetails: (take: Take) => void }) {
  const deeds = [
    { label: 'Use these settings', icon: IconAdjustments, act: () => applySettingsOf(take), off: false },
    { label: 'Another take', icon: IconRefresh, act: () => anotherTake(take), off: take.source === 'imported' },
    {
      label: 'Export',
      icon: IconDownload,
      act: () => useExports.getState().open([take.id]),
      off: take.state === 'failed' || take.state === 'rendering',
    },
    { label: 'Details', icon: IconInfoCircle, act: () => onDetails(take), off: false },
  ];
  return (
    <div className={classes.group}>
      {deeds.map(({ label, icon: Icon, act, off }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} disabled={off} onClick={act}>
            <Icon {...ICON} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

function about(take: Take): string {
  const seconds = takeSeconds(take);
  const loudness = take.measurements?.loudness ?? null;
  const pitch = take.measurements?.pitch ?? null;
  const words = [
    take.answeredBy ? `${heardVoice(take)} in place of ${take.voiceName || take.voiceId}` : take.voiceName || null,
    settingsThatDiffer(take.settings).join(' ') || null,
    seconds === null ? null : clock(seconds),
    loudness === null ? null : `${levelWords(loudness)} LUFS`,
    pitch === null ? null : `${pitch.toFixed(0)} Hz`,
  ];
  return words.filter((word) => word !== null).join('  ·  ');
}

interface TakeViewProps {
  take: Take;
  room: Room;
  onDetails: (take: Take) => void;
}

/** The chosen take: what it is, how it looks, and what can be done with it. */
export function TakeView({ take, room, onDetails }: TakeViewProps) {
  const [wave, setWave] = useState<WaveView | null>(null);
  const failed = take.state === 'failed' || (take.state === 'incomplete' && take.samples === 0);
  return (
    <section className={classes.view} aria-label="Chosen take">
      <div className={classes.head}>
        <span className={classes.title} title={takeTitle(take)}>
          {takeTitle(take)}
        </span>
        <span
          className={classes.about}
          data-instead={take.answeredBy !== null || undefined}
          title={insteadWords(take) ?? undefined}
        >
          {take.answeredBy && <IconReplace size={13} stroke={1.6} aria-hidden />}
          {about(take)}
        </span>
        {!failed && <LoopMark take={take} />}
        {!failed && <Lanes />}
        {!failed && <Zoom wave={wave} />}
        <span className={classes.rule} />
        <Deeds take={take} onDetails={onDetails} />
      </div>
      {failed ? (
        <div className={classes.failed}>
          <FaultWords fault={take.fault ?? { code: 'internal', message: 'This take has no sound.' }} />
          <Button variant="default" onClick={() => anotherTake(take)}>
            Try again
          </Button>
        </div>
      ) : (
        <TakePicture take={take} room={room} onReady={setWave} />
      )}
    </section>
  );
}

export default TakeView;
