/**
 * Puts s16le samples together from pieces of bytes as they arrive, wherever they were parted: a sample whose two bytes
 * come in two pieces is one sample.
 */
export class S16Assembler {
  #odd = -1;

  /** Whether the last byte waits for the other half of its sample. */
  get half(): boolean {
    return this.#odd >= 0;
  }

  /** The samples that are whole now, in memory of their own. */
  push(bytes: Uint8Array): Int16Array<ArrayBuffer> {
    if (bytes.length === 0) return new Int16Array(0);
    const carried = this.#odd >= 0 ? 1 : 0;
    const whole = (bytes.length + carried) & ~1;
    const buffer = new Uint8Array(whole);
    if (carried && whole > 0) buffer[0] = this.#odd;
    buffer.set(bytes.subarray(0, whole - carried), carried);
    this.#odd = (bytes.length + carried) % 2 === 1 ? (bytes[bytes.length - 1] ?? -1) : -1;
    return new Int16Array(buffer.buffer);
  }
}
