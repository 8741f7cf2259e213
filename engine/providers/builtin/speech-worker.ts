import { fault } from '../../../shared/errors.ts';
import { WorkerLink } from '../../workers/worker-link.ts';

/**
 * The thread of a speech engine.
 *
 * @param name for messages, for example “Kokoro”
 * @param onDeath told when the thread ended by itself
 */
export function speechWorker(name: string, url: URL, onDeath: (why: string) => void): WorkerLink {
  return new WorkerLink({
    url,
    onDeath,
    closed: () => fault('cancelled', `The ${name} engine was closed.`),
    died: (said) =>
      fault('provider_fault', `The ${name} engine stopped unexpectedly.`, {
        kept: 'Sound that had already come is kept.',
        todo: 'Try again: it starts anew.',
        said,
      }),
  });
}
