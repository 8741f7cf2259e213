// Stands in for renderer/player/player-store.ts until that is there. Not for keeping.
import { create } from 'zustand';
import type { StudioSettings } from '../shared/controls/controls.ts';
import type { Fault } from '../shared/errors.ts';

export interface PlayerSource {
  takeId: string;
  provider: string;
  open(signal: AbortSignal): Promise<Response>;
}
export interface PlayerFrame {
  position: number;
  levelDb: number;
  peakDb: number;
  momentaryLufs: number | null;
  integratedLufs: number | null;
}
export interface PlayerState {
  takeId: string | null;
  status: 'idle' | 'loading' | 'playing' | 'paused' | 'ended' | 'suspended' | 'failed';
  fault: Fault | null;
  position: number;
  duration: number | null;
  complete: boolean;
  buffered: number;
  underruns: number;
  firstSoundMs: number | null;
  loop: null | 'all' | { start: number; end: number };
  device: string;
  outputs: { id: string; label: string }[];
}
export const usePlayer = create<PlayerState>()(() => ({
  takeId: null,
  status: 'idle',
  fault: null,
  position: 0,
  duration: null,
  complete: false,
  buffered: 0,
  underruns: 0,
  firstSoundMs: null,
  loop: null,
  device: 'default',
  outputs: [],
}));
export const player = {
  async play(source: PlayerSource) {
    const response = await source.open(new AbortController().signal);
    usePlayer.setState({ takeId: source.takeId, status: 'playing', firstSoundMs: 212 });
    await response.arrayBuffer();
    usePlayer.setState({ status: 'ended', complete: true, duration: 3 });
  },
  pause() {},
  resume() {},
  toggle() {},
  stop() {},
  seek(_seconds: number) {},
  setLoop(_loop: PlayerState['loop']) {},
  setStudio(_studio: StudioSettings) {},
  setOutput(_id: string) {},
  outputs() {},
  warm() {},
  onFrame(_listener: (frame: PlayerFrame) => void) {
    return () => {};
  },
};
