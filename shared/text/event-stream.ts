/** One server-sent event. */
export interface ServerSentEvent {
  /** `message` where the stream names none. */
  event: string;
  data: string;
}

/**
 * Takes a stream of server-sent events apart, however it was cut into pieces. `id` and `retry` are of no use here and
 * are passed over. Source: HTML Living Standard, section 9.2.6.
 */
export class EventStreamParser {
  /** Pieces of a line whose end has not come yet. */
  #rest: string[] = [];
  #restLength = 0;
  #event = '';
  #data: string[] = [];
  /** Characters of data of an event that is not whole yet. */
  #held = 0;

  /** Characters that wait for the end of their event. */
  get held(): number {
    return this.#held + this.#restLength;
  }

  /** The events that are whole now. */
  push(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    // A CR at the very end may be half of a CRLF: it is looked at again with what comes after it.
    const half = this.#rest.at(-1) === '\r' ? (this.#rest.pop() ?? '') : '';
    this.#restLength -= half.length;
    const lines = (half + text).split(/\r\n|\n|\r(?!$)/);
    const last = lines.pop() ?? '';
    for (const piece of lines) {
      // A long line is searched once, however many pieces it comes in.
      const line = this.#rest.length > 0 ? [...this.#rest, piece].join('') : piece;
      this.#rest = [];
      this.#restLength = 0;
      if (line === '') {
        if (this.#data.length > 0) events.push({ event: this.#event || 'message', data: this.#data.join('\n') });
        this.#event = '';
        this.#data = [];
        this.#held = 0;
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (field === 'data') {
        this.#data.push(value);
        this.#held += value.length;
      } else if (field === 'event') this.#event = value;
    }
    const parts = last.endsWith('\r') ? [last.slice(0, -1), '\r'] : [last];
    for (const part of parts) if (part !== '') this.#rest.push(part);
    this.#restLength += last.length;
    return events;
  }
}
