import { fault } from '../../shared/errors.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { type Command, PROCESSOR_NAME, Report, type SamplesMessage } from './messages.ts';
import workletUrl from './player-worklet.ts?worker&url';
import { SoundReader } from './sound-reader.ts';

/** Milliseconds after which a node that was not made is given up: the browser may say nothing at all. */
const START_LIMIT_MS = 10_000;

/** The one audio context and its one node, made when the page loads and used for every take. */
export class AudioGraph {
  readonly context: AudioContext;
  /** Reads streams straight into the node. */
  readonly reader: SoundReader;
  /** Settled once the node takes messages; rejected with a FaultError (`unsupported`) if it cannot be made. */
  readonly ready: Promise<void>;
  #node: AudioWorkletNode | null = null;
  #early: (Command | SamplesMessage)[] = [];
  #closed = false;
  #channel = new MessageChannel();

  /** @param probe report every sample that comes out, for tests */
  constructor(onReport: (report: Report) => void, probe: boolean) {
    this.context = new AudioContext({ sampleRate: CHAIN_RATE, latencyHint: 'interactive' });
    this.reader = new SoundReader(this.#channel.port1);
    this.ready = this.#start(onReport, probe);
  }

  /** Nodes that exist. */
  get nodes(): number {
    return this.#node ? 1 : 0;
  }

  send(message: Command | SamplesMessage): void {
    if (this.#closed) return;
    if (!this.#node) this.#early.push(message);
    else if (message.type === 'samples') this.#node.port.postMessage(message, [message.samples.buffer]);
    else this.#node.port.postMessage(message);
  }

  async close(): Promise<void> {
    this.send({ type: 'close' });
    this.#closed = true;
    this.reader.close();
    this.#node?.port.close();
    this.#node?.disconnect();
    this.#node = null;
    if (this.context.state !== 'closed') await this.context.close();
  }

  async #start(onReport: (report: Report) => void, probe: boolean): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The audio thread did not start.')), START_LIMIT_MS);
    });
    try {
      await Promise.race([this.context.audioWorklet.addModule(workletUrl), late]);
    } catch (thrown) {
      throw fault('unsupported', 'The sound output could not be started.', {
        todo: 'Reload the page; if that does not help, restart the studio.',
        said: String(thrown),
      });
    } finally {
      clearTimeout(timer);
    }
    if (this.#closed) return;
    const node = new AudioWorkletNode(this.context, PROCESSOR_NAME, {
      numberOfInputs: 0,
      outputChannelCount: [1],
      processorOptions: { probe },
    });
    node.port.onmessage = ({ data }) => onReport(Report.parse(data));
    node.connect(this.context.destination);
    node.port.postMessage(null, [this.#channel.port2]);
    this.#node = node;
    for (const message of this.#early.splice(0)) this.send(message);
  }
}
