import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { Take, TakeView } from '../../../../shared/schemas/take.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { player } from '../../../player/studio-player.ts';
import { takeView, takeWav } from '../../../stores/takes-calls.ts';
import { useTakesView } from '../../../stores/takes-view.ts';
import { playTake } from '../take-links.ts';
import { viewColours } from './colours.ts';
import { GrowingPicture } from './growing-picture.tsx';
import { LaneHeights, laneHeights, type Room, viewHeight } from './lane-heights.ts';
import classes from './take-view.module.css';
import { createWaveView, type WaveView, type Zoom } from './wave-view.ts';

/** Longest take in seconds whose spectrogram is computed. Two hours are 170 million samples, too many for a page. */
const LONGEST_SPECTROGRAM = 1800;

/** Reads what the picture is drawn from, as soon as the take has been measured. */
function useView(take: Take): { view: TakeView | null; fault: Fault | null } {
  const [state, setState] = useState<{ id: string; view: TakeView | null; fault: Fault | null } | null>(null);
  const measured = take.measurements !== null;
  useEffect(() => {
    if (!measured) return;
    const stop = new AbortController();
    takeView(take.id, stop.signal)
      .then((view) => setState({ id: take.id, view, fault: null }))
      .catch((thrown) => {
        if (!stop.signal.aborted) setState({ id: take.id, view: null, fault: toFault(thrown) });
      });
    return () => stop.abort();
  }, [take.id, measured]);
  return state?.id === take.id ? state : { view: null, fault: null };
}

function seekTake(take: Take, seconds: number): void {
  if (usePlayer.getState().takeId !== take.id) playTake(take);
  player.seek(seconds);
}

/** Samples of a take at its own rate. */
async function decodeTake(take: Take, signal: AbortSignal): Promise<AudioBuffer> {
  const wav = await takeWav(take.id, signal);
  return new OfflineAudioContext(1, 1, take.sampleRate).decodeAudioData(wav);
}

interface TakePictureProps {
  take: Take;
  room: Room;
  onReady: (view: WaveView | null) => void;
}

/** Waveform, spectrogram and pitch of a take on one time axis. Its height is known before anything has arrived. */
export function TakePicture({ take, room, onReady }: TakePictureProps) {
  const container = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('dark');
  const waveform = useTakesView((state) => state.waveform);
  const spectrogram = useTakesView((state) => state.spectrogram);
  const pitch = useTakesView((state) => state.pitch);
  const axis = useTakesView((state) => state.axis);
  const { view, fault } = useView(take);
  const [spectrum, setSpectrum] = useState<'none' | 'reading' | 'shown' | Fault>('none');
  const heights = laneHeights({ waveform, spectrogram, pitch }, room);
  // As text, so that the picture is drawn anew only when a height is another one.
  const heightsKey = JSON.stringify(heights);
  const zoom = useRef<{ id: string; at: Zoom } | null>(null);
  const takeNow = useRef(take);
  takeNow.current = take;

  useEffect(() => {
    const element = container.current;
    if (element === null || view === null || view.duration <= 0) return;
    const shown = takeNow.current;
    const wave = createWaveView({
      container: element,
      takeId: shown.id,
      view,
      colours: viewColours(element, scheme),
      heights: LaneHeights.parse(JSON.parse(heightsKey)),
      axis,
      zoom: zoom.current?.id === shown.id ? zoom.current.at : null,
      onSeek: (seconds) => seekTake(takeNow.current, seconds),
      onLoop: (loop) => {
        if (usePlayer.getState().takeId !== shown.id && loop !== null) playTake(takeNow.current);
        player.setLoop(loop);
      },
    });
    const follow = () => {
      const { takeId, loop } = usePlayer.getState();
      wave.setLoop(takeId === shown.id && loop !== null && typeof loop === 'object' ? loop : null);
    };
    follow();
    const stopFollowing = usePlayer.subscribe((now, before) => {
      if (now.loop !== before.loop || now.takeId !== before.takeId) follow();
    });
    const stop = new AbortController();
    if (spectrogram) {
      setSpectrum('reading');
      if (view.duration > LONGEST_SPECTROGRAM) {
        setSpectrum({ code: 'too_large', message: 'A spectrogram is drawn for takes of up to 30 minutes.' });
      } else {
        decodeTake(shown, stop.signal)
          .then((audio) => {
            if (!stop.signal.aborted) wave.showSpectrogram(audio, () => setSpectrum('shown'));
          })
          .catch((thrown) => {
            if (!stop.signal.aborted) setSpectrum(toFault(thrown));
          });
      }
    } else {
      setSpectrum('none');
    }
    onReady(wave);
    return () => {
      stop.abort();
      stopFollowing();
      onReady(null);
      zoom.current = { id: shown.id, at: wave.destroy() };
    };
  }, [view, scheme, heightsKey, spectrogram, axis, onReady]);

  const trouble = fault ?? (typeof spectrum === 'object' ? spectrum : null);
  return (
    <div
      className={classes.picture}
      style={{ height: viewHeight(heights) }}
      data-take-picture={view === null ? 'waiting' : 'drawn'}
    >
      <div ref={container} className={classes.canvas} />
      {view === null && fault === null && <GrowingPicture take={take} height={heights.waveform} scheme={scheme} />}
      {spectrum === 'reading' && <span className={classes.reading}>Computing the spectrogram…</span>}
      {trouble && <span className={classes.trouble}>{trouble.message}</span>}
    </div>
  );
}
