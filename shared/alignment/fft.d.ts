declare module 'fft.js' {
  /** Fast Fourier transform of a fixed size, a power of two. */
  export default class FFT {
    constructor(size: number);
    readonly size: number;
    /** Real and imaginary parts by turns. */
    createComplexArray(): number[];
    /** Fills the first half of the spectrum of a real signal. */
    realTransform(output: number[], input: ArrayLike<number>): void;
  }
}
