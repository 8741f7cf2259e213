/** A server for one request. Exactly one of its ends is told. */
export interface Place<Server> {
  server: Server;
  /**
   * Called when the server is free again, which may be long after the end was told. Where the pool is closed before that,
   * at the latest time the work can take.
   */
  whenFree(freed: () => void): void;
  /** The request is answered to its end. */
  done(): void;
  /** Nothing was asked of the server. */
  unused(): void;
  /**
   * Nobody waits for the answer any more, but the server works on: its place stays taken until it is known to be idle.
   * @param workMs how long the work takes at most, where the server cannot say
   */
  left(workMs: number): void;
  /**
   * The server failed: it is left out for a while, longer each time.
   * @param workMs as with {@link left}, where it may be at work all the same; 0 where it cannot be
   */
  failed(workMs?: number): void;
  /**
   * It failed while it spoke, by its own fault or by the text’s: a text that makes every server fail must not take them
   * all out. It is left out only where it has failed with another text too since it last did well.
   * @param workMs as with {@link failed}
   */
  faltered(text: string, workMs?: number): void;
}

/** How one server stands, for a person. */
export interface PlaceState<Server> {
  server: Server;
  state: 'free' | 'busy' | 'left out';
}
