/** Attenuation of the stop band, in dB. */
const ATTENUATION = 96;
/** Kaiser's β for an attenuation above 50 dB (Oppenheim & Schafer, "Discrete-Time Signal Processing", 7.5.3). */
const BETA = 0.1102 * (ATTENUATION - 8.7);

/** sin(πx) by its power series: the engines' own `Math.sin` may differ in the last bit, and exports must not. */
function sinPi(x: number): number {
  const nearest = Math.round(x);
  const angle = (x - nearest) * Math.PI;
  let term = angle;
  let sum = angle;
  for (let k = 1; k < 12; k += 1) {
    term *= (-angle * angle) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return nearest % 2 === 0 ? sum : -sum;
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const EDGE = besselI0(BETA);

/**
 * Width of the transition band of a filter of so many taps, as a part of the rate the taps are spaced at
 * (Oppenheim & Schafer 7.5.3: A = 2.285·Δω·(N−1) + 7.95).
 */
export function transitionWidth(taps: number): number {
  return (ATTENUATION - 7.95) / (2.285 * 2 * Math.PI * (taps - 1));
}

/**
 * A low-pass sinc under a Kaiser window.
 *
 * @param x distance from the middle, in taps
 * @param half half the filter's length, in taps
 * @param cutoff twice the cut-off frequency, as a part of the rate the taps are spaced at
 */
export function windowedSinc(x: number, half: number, cutoff: number): number {
  const sinc = x === 0 ? cutoff : sinPi(cutoff * x) / (Math.PI * x);
  return sinc * (besselI0(BETA * Math.sqrt(Math.max(0, 1 - (x / half) ** 2))) / EDGE);
}
