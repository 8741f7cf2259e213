import WaveSurfer from 'wavesurfer.js';
import HoverPlugin from 'wavesurfer.js/plugins/hover';
import RegionsPlugin, { type Region } from 'wavesurfer.js/plugins/regions';
import ZoomPlugin from 'wavesurfer.js/plugins/zoom';
import type { TakeView } from '../../../../shared/schemas/take.ts';
import { styleNonce } from '../../../theme/nonce.ts';
import { clock } from '../take-words.ts';
import type { ViewColours } from './colours.ts';
import { type LaneHeights, TIMELINE_HEIGHT } from './lane-heights.ts';
import { PitchLane } from './pitch-lane.ts';
import { PlayerMedia } from './player-media.ts';
import { SpectrogramLane } from './spectrogram-lane.ts';
import { TimeLane } from './time-lane.ts';

export interface Loop {
  /** Seconds. */
  start: number;
  end: number;
}

/** How far in, and where. */
export interface Zoom {
  /** CSS pixels of a second; 0 shows the whole take. */
  perSecond: number;
  scroll: number;
}

interface WaveViewOptions {
  container: HTMLElement;
  takeId: string;
  view: TakeView;
  colours: ViewColours;
  /** 0 for a lane that is not shown. */
  heights: LaneHeights;
  axis: 'hz' | 'notes';
  /** How far it was zoomed in before it was drawn anew. */
  zoom: Zoom | null;
  onSeek: (seconds: number) => void;
  /** A region was drawn, changed, or taken away. */
  onLoop: (loop: Loop | null) => void;
}

/** The picture of a take. */
export interface WaveView {
  /** Adds the spectrogram; the samples are those of the take. */
  showSpectrogram: (audio: AudioBuffer, onReady: () => void) => void;
  /** Shows a loop that was set elsewhere, or none. */
  setLoop: (loop: Loop | null) => void;
  /** Times further in; 1 shows the whole take. */
  zoomBy: (factor: number) => void;
  zoomOut: () => void;
  /** Takes everything down: nodes, listeners, worker. Says how far it was zoomed in. */
  destroy: () => Zoom;
}

/** Most CSS pixels a second of sound is drawn over. */
const MOST_ZOOM = 1200;
/** Seconds a region must have to be a loop. */
const SHORTEST_LOOP = 0.05;
/** CSS pixels the pointer moves before a click becomes a region. */
const DRAG_START = 4;
/** Samples of one spectrum: 43 ms at 24 kHz, a usual compromise between harmonics and onsets in speech. */
const SPECTRUM_SAMPLES = 1024;
/** Hz; speech has little above it. */
const SPECTRUM_TOP = 8000;

/** Draws a take with wavesurfer.js. Makes no sound: it follows the player and hands on clicks. */
export function createWaveView(options: WaveViewOptions): WaveView {
  const { container, takeId, view, colours, heights, axis, zoom: before, onSeek, onLoop } = options;
  const media = new PlayerMedia(takeId, view.duration, onSeek);
  const regions = RegionsPlugin.create();
  const clear = 'rgb(0 0 0 / 0)';
  const wave = WaveSurfer.create({
    container,
    // The one place where the player stands in for a media element; PlayerMedia has all of it that wavesurfer touches.
    media: media as unknown as HTMLMediaElement,
    peaks: [view.peaks.length > 0 ? view.peaks : [0]],
    duration: view.duration,
    height: Math.max(1, heights.waveform),
    waveColor: heights.waveform > 0 ? colours.dim : clear,
    progressColor: heights.waveform > 0 ? colours.accent : clear,
    cursorColor: colours.text,
    cursorWidth: 1,
    minPxPerSec: before?.perSecond ?? 0,
    maxPeak: 1,
    autoCenter: false,
    dragToSeek: false,
    cspNonce: styleNonce(),
    plugins: [
      TimeLane.create({ height: TIMELINE_HEIGHT, colours }),
      HoverPlugin.create({
        lineColor: colours.dim,
        lineWidth: 1,
        labelSize: 11,
        labelColor: colours.text,
        labelBackground: colours.ground,
        formatTimeCallback: (seconds) => clock(seconds),
      }),
      ZoomPlugin.create({ exponentialZooming: true, maxZoom: MOST_ZOOM, iterations: 24 }),
      regions,
      ...(heights.pitch > 0
        ? [
            PitchLane.create({
              pitch: view.pitch,
              step: view.pitchStep,
              axis,
              height: heights.pitch,
              colours,
            }),
          ]
        : []),
    ],
  });

  if (before !== null) wave.once('redraw', () => wave.setScroll(before.scroll));

  // Where the player stands already: it says nothing of it before it moves.
  wave.once('ready', () => media.dispatchEvent(new Event('timeupdate')));

  /** Regions set by `setLoop` are not told back. */
  let quiet = false;
  const tell = (loop: Loop | null) => {
    if (!quiet) onLoop(loop);
  };
  const only = (region: Region) => {
    for (const other of regions.getRegions()) if (other !== region) other.remove();
  };
  regions.enableDragSelection({ color: colours.accentSoft }, DRAG_START);
  regions.on('region-created', (region) => {
    if (region.end - region.start < SHORTEST_LOOP) {
      region.remove();
      return;
    }
    only(region);
    tell({ start: region.start, end: region.end });
  });
  regions.on('region-updated', (region) => tell({ start: region.start, end: region.end }));
  regions.on('region-double-clicked', (region) => {
    region.remove();
    tell(null);
  });

  const wholePxPerSec = () => container.clientWidth / view.duration;
  const zoom = (perSecond: number) => {
    if (wave.getDecodedData() !== null) wave.zoom(perSecond <= wholePxPerSec() ? 0 : Math.min(perSecond, MOST_ZOOM));
  };

  return {
    showSpectrogram: (audio, onReady) => {
      const lane = SpectrogramLane.create({
        audio,
        height: heights.spectrogram,
        colours,
        fftSamples: SPECTRUM_SAMPLES,
        windowFunc: 'hann',
        frequencyMax: Math.min(SPECTRUM_TOP, audio.sampleRate / 2),
        autoGain: true,
        rangeDB: 70,
        colorMap: colours.heat,
        useWebWorker: true,
        fallbackToMainThread: false,
        workerTimeout: 60_000,
      });
      lane.on('ready', onReady);
      wave.registerPlugin(lane);
    },
    setLoop: (loop) => {
      const now = regions.getRegions()[0];
      if (loop === null ? now === undefined : now?.start === loop.start && now.end === loop.end) return;
      quiet = true;
      regions.clearRegions();
      if (loop !== null) regions.addRegion({ ...loop, color: colours.accentSoft });
      quiet = false;
    },
    zoomBy: (factor) => zoom(Math.max(wholePxPerSec(), wave.options.minPxPerSec) * factor),
    zoomOut: () => zoom(0),
    destroy: () => {
      const last = { perSecond: wave.options.minPxPerSec, scroll: wave.getScroll() };
      wave.destroy();
      media.close();
      return last;
    },
  };
}
