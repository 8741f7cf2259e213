import { z } from 'zod';
import { Command, PROCESSOR_NAME, ProcessorOptions, type Report, type SamplesMessage } from './messages.ts';
import { Playback } from './playback.ts';

// The scope of an audio worklet, which the DOM types leave out.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const currentFrame: number;
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions?: unknown }) => AudioWorkletProcessor,
): void;

// The page's policy forbids eval, which zod would otherwise try.
z.config({ jitless: true });

const PROBE_FRAMES = 1024;

/** The player's one processor: thread and port around {@link Playback}. */
class PlayerProcessor extends AudioWorkletProcessor {
  #playback = new Playback((report) => this.#post(report));
  #closed = false;
  #probe: Float32Array<ArrayBuffer> | null;
  #probed = 0;

  constructor(options: { processorOptions?: unknown }) {
    super();
    const { probe } = ProcessorOptions.parse(options.processorOptions ?? {});
    this.#probe = probe ? new Float32Array(PROBE_FRAMES) : null;
    this.port.onmessage = (event) => this.#take(event);
  }

  /** Called by Web Audio for each render quantum. Returns false once closed, which frees the node. */
  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (out) {
      this.#playback.process(out, currentFrame);
      if (this.#probe) this.#record(this.#probe, out);
    }
    return !this.#closed;
  }

  /** From the page; and from the reader of streams, whose port came with the page's first message. */
  #take({ data, ports }: MessageEvent<SamplesMessage | Command>): void {
    if (ports[0]) ports[0].onmessage = (event) => this.#take(event);
    else if (data.type === 'samples') this.#playback.append(data.key, data.samples);
    else this.#command(Command.parse(data));
  }

  #command(command: Command): void {
    if (command.type === 'close') this.#closed = true;
    this.#playback.command(command);
  }

  #post(report: Report): void {
    this.port.postMessage(report);
  }

  #record(probe: Float32Array<ArrayBuffer>, out: Float32Array): void {
    probe.set(out, this.#probed);
    this.#probed += out.length;
    if (this.#probed < PROBE_FRAMES) return;
    this.#post({ type: 'probe', frame: currentFrame + out.length - PROBE_FRAMES, samples: probe });
    this.#probed = 0;
  }
}

registerProcessor(PROCESSOR_NAME, PlayerProcessor);
