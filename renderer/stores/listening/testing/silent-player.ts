import { landedAt } from '../../../player/landing.ts';
import type { FlipOptions, PlayOptions, PlaySource } from '../../../player/player-state.ts';
import { INITIAL_PLAYER, usePlayer } from '../../../player/player-store.ts';

/** A player without an output: keeps the page's player state as the real one does, and goes on when it is told to. */
export class SilentPlayer {
  readonly context = { currentTime: 0 };
  /** Streams that were asked for, by the take. */
  readonly fetched = new Map<string, Response>();

  play({ takeId }: PlaySource, { from = 0, loop = null }: PlayOptions = {}): void {
    usePlayer.setState({ takeId, status: 'playing', position: from, loop });
  }

  flip({ takeId }: PlaySource, { to, loop = null }: FlipOptions): void {
    usePlayer.setState({ takeId, position: landedAt(usePlayer.getState().position, to), loop });
  }

  async preload(source: PlaySource): Promise<{ takeId: string; fault: null }> {
    this.fetched.set(source.takeId, await source.open(new AbortController().signal, fetch));
    return { takeId: source.takeId, fault: null };
  }

  pause(): void {
    if (usePlayer.getState().status === 'playing') usePlayer.setState({ status: 'paused' });
  }

  resume(): void {
    usePlayer.setState({ status: 'playing' });
  }

  seek(position: number): void {
    usePlayer.setState({ position });
  }

  setLoop(loop: PlayOptions['loop']): void {
    usePlayer.setState({ loop: loop ?? null });
  }

  stop(): void {
    usePlayer.setState(INITIAL_PLAYER);
  }

  forget(takeId: string): void {
    this.fetched.delete(takeId);
    if (usePlayer.getState().takeId === takeId) this.stop();
  }

  /** So many seconds pass by the clock of the output. */
  hearFor(seconds: number): void {
    this.context.currentTime += seconds;
    usePlayer.setState({ position: usePlayer.getState().position + seconds });
  }
}
