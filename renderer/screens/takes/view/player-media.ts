import { usePlayer } from '../../../player/player-store.ts';
import { player } from '../../../player/studio-player.ts';

/**
 * The studio's player with the face of a media element, as far as wavesurfer.js looks at one. Wavesurfer draws and
 * takes clicks; every sound comes from the player, and this makes none.
 */
export class PlayerMedia extends EventTarget {
  readonly duration: number;
  /** Wavesurfer asks these of any media. There is nothing to load, so all of it is always there. */
  readonly readyState = 4;
  readonly seeking = false;
  readonly error = null;
  readonly currentSrc = '';
  src = '';
  volume = 1;
  muted = false;
  playbackRate = 1;
  controls = false;
  private readonly takeId: string;
  private readonly onSeek: (seconds: number) => void;
  private readonly stopFollowing: () => void;
  private at = 0;

  /**
   * @param duration seconds
   * @param onSeek a click asks for this second of the take
   */
  constructor(takeId: string, duration: number, onSeek: (seconds: number) => void) {
    super();
    this.takeId = takeId;
    this.duration = duration;
    this.onSeek = onSeek;
    if (this.mine) this.at = usePlayer.getState().position;
    this.stopFollowing = player.onFrame((frame) => {
      if (!this.mine || frame.position === this.at) return;
      this.at = frame.position;
      this.dispatchEvent(new Event('timeupdate'));
    });
  }

  /** The player has this take. */
  private get mine(): boolean {
    return usePlayer.getState().takeId === this.takeId;
  }

  get currentTime(): number {
    return Math.min(this.at, this.duration);
  }

  set currentTime(seconds: number) {
    this.at = seconds;
    this.dispatchEvent(new Event('timeupdate'));
    this.onSeek(seconds);
  }

  get paused(): boolean {
    return !this.mine || usePlayer.getState().status !== 'playing';
  }

  get ended(): boolean {
    return this.mine && usePlayer.getState().status === 'ended';
  }

  async play(): Promise<void> {
    if (this.mine) player.resume();
  }

  pause(): void {
    if (this.mine) player.pause();
  }

  canPlayType(): string {
    return '';
  }

  load(): void {}
  remove(): void {}
  removeAttribute(): void {}

  /** Stops following the player. */
  close(): void {
    this.stopFollowing();
  }
}
