import FFT from 'fft.js';

const FRAME = 1024;
const HOP = 512;
const FFT_OF_FRAME = new FFT(FRAME);

/** Power spectrum of a frame under a Hann window, half of it. */
function powerSpectrum(samples: Float32Array, at: number): Float64Array {
  const frame = Float64Array.from(
    { length: FRAME },
    (_, i) => (samples[at + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME)),
  );
  const spectrum = FFT_OF_FRAME.createComplexArray();
  FFT_OF_FRAME.realTransform(spectrum, frame);
  return Float64Array.from(
    { length: FRAME / 2 },
    (_, k) => (spectrum[2 * k] ?? 0) ** 2 + (spectrum[2 * k + 1] ?? 0) ** 2,
  );
}

/**
 * Log-spectral distance of two sounds in dB: the root mean square difference of their power in thirds of an octave from
 * 100 Hz to `highest`, over the frames in which the first one is within 40 dB of its loudest.
 *
 * @param highest Hz
 */
export function spectralDistance(a: Float32Array, b: Float32Array, sampleRate: number, highest = 7000): number {
  const edges = Array.from({ length: 40 }, (_, i) => 100 * 2 ** (i / 3)).filter((hz) => hz <= highest);
  const bands = (spectrum: Float64Array) =>
    edges.slice(1).map((to, i) => {
      const first = Math.floor(((edges[i] ?? 0) * FRAME) / sampleRate);
      const last = Math.max(first + 1, Math.floor((to * FRAME) / sampleRate));
      return spectrum.subarray(first, last).reduce((sum, power) => sum + power, 0);
    });
  const frames = Array.from({ length: Math.floor((Math.min(a.length, b.length) - FRAME) / HOP) }, (_, i) => {
    const left = powerSpectrum(a, i * HOP);
    return { level: left.reduce((sum, power) => sum + power, 0), a: bands(left), b: bands(powerSpectrum(b, i * HOP)) };
  });
  const loudest = Math.max(...frames.map(({ level }) => level));
  const heard = frames.filter(({ level }) => level > loudest * 1e-4);
  // A band 60 dB under its frame is not heard beside the rest, and says nothing.
  const differences = heard.flatMap((frame) =>
    frame.a.flatMap((power, i) =>
      power > frame.level * 1e-6 ? [10 * Math.log10(power / ((frame.b[i] ?? 0) + frame.level * 1e-9))] : [],
    ),
  );
  return Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / differences.length);
}
