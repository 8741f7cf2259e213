import type { Page } from '@playwright/test';
import { pitchStatistics, trackPitch } from '../shared/sound/pitch-track.ts';

/** Rate of the page's audio graph, in Hz. */
const RATE = 48_000;
/** Frames that the audio thread tells at once. */
const PIECE_FRAMES = 1024;

declare global {
  interface Window {
    /** What went into the graph's output since the last reset: pieces of s16. */
    timbreHeard?: { pieces: Int16Array[] };
  }
}

/**
 * Records whatever goes to a page's audio output, as the audio thread tells it: a page that is busy loses nothing. Must be
 * there before the page's own scripts.
 */
function tapOutput(): void {
  const heard: { pieces: Int16Array[] } = { pieces: [] };
  window.timbreHeard = heard;
  window.AudioWorkletNode = class extends AudioWorkletNode {
    #connected = false;

    constructor(context: BaseAudioContext, name: string, options: AudioWorkletNodeOptions = {}) {
      super(context, name, { ...options, processorOptions: { ...options.processorOptions, probe: true } });
      this.port.addEventListener('message', ({ data }: MessageEvent<{ type: string; samples: Float32Array }>) => {
        if (!this.#connected || data.type !== 'probe') return;
        heard.pieces.push(Int16Array.from(data.samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767));
      });
    }

    override connect(...to: [AudioNode]): AudioNode;
    override connect(...to: [AudioParam]): void;
    override connect(...to: [AudioNode] | [AudioParam]): AudioNode | undefined {
      this.#connected ||= to[0] instanceof AudioDestinationNode;
      return super.connect(...(to as [AudioNode]));
    }
  };
}

/** Sound that came out of the page. */
export class Heard {
  readonly samples: Float32Array;

  constructor(samples: Float32Array) {
    this.samples = samples;
  }

  /** From the first to the last sample above -60 dB. */
  get #sounding(): Float32Array {
    const loud = (sample: number) => Math.abs(sample) > 0.001;
    const first = this.samples.findIndex(loud);
    return first < 0 ? new Float32Array(0) : this.samples.subarray(first, this.samples.findLastIndex(loud) + 1);
  }

  /** Seconds from the first to the last audible sample. */
  get seconds(): number {
    return this.#sounding.length / RATE;
  }

  /** RMS level of what is audible, in dB. */
  get level(): number {
    const sounding = this.#sounding;
    return 10 * Math.log10(sounding.reduce((sum, sample) => sum + sample * sample, 0) / sounding.length);
  }

  /** Median fundamental in Hz. */
  get pitch(): number {
    const statistics = pitchStatistics(trackPitch(this.#sounding, RATE).pitch);
    if (!statistics) throw new Error('No voice is heard.');
    return statistics.median;
  }
}

/** Begins to record the output of a page, which is loaded anew for it. */
export async function tap(page: Page): Promise<void> {
  await page.addInitScript(tapOutput);
  await page.reload();
  await page.getByRole('main').waitFor();
}

/** Forgets what was heard so far. */
export async function listenAnew(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (window.timbreHeard) window.timbreHeard.pieces = [];
  });
}

/** Everything heard since {@link listenAnew}. */
export async function heard(page: Page): Promise<Heard> {
  const base64 = await page.evaluate(async () => {
    const pieces = window.timbreHeard?.pieces ?? [];
    const blob = new Blob(pieces as Int16Array<ArrayBuffer>[]);
    const reader = new FileReader();
    return await new Promise<string>((resolve, reject) => {
      reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  });
  const bytes = Buffer.from(base64, 'base64');
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return new Heard(Float32Array.from(samples, (sample) => sample / 32_768));
}

/** Waits until so much more has come out, in seconds. */
export async function letPlay(page: Page, seconds: number): Promise<void> {
  const before = await page.evaluate(() => window.timbreHeard?.pieces.length ?? 0);
  const wanted = before + Math.ceil((seconds * RATE) / PIECE_FRAMES);
  await page.waitForFunction((pieces) => (window.timbreHeard?.pieces.length ?? 0) >= pieces, wanted);
}
