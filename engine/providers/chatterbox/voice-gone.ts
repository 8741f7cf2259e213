import { type Fault, type FaultError, fault } from '../../../shared/errors.ts';
import { HttpFault, type Refusal } from '../http/http-fault.ts';

/** A refusal as the fault that its dialect knows it to be; its status and its wait stay known to patience. */
export function refusedAs({ status, said, retryAfterMs }: Refusal, told: Fault): FaultError {
  return new HttpFault(
    { ...told, said: said ? `${status}: ${said.message}` : String(status) },
    status,
    retryAfterMs,
    said?.code ?? null,
  );
}

/** The fault of a voice that a server does not have. @param refusal by which it said so, where it did */
export function voiceGone(server: string, refusal?: Refusal): FaultError {
  const gone = {
    code: 'unknown_voice' as const,
    message: `${server} does not have this voice (any more).`,
    kept: 'Your text and takes are kept.',
    todo: 'Refresh the list of voices and choose another one.',
  };
  return refusal ? refusedAs(refusal, gone) : fault(gone.code, gone.message, { kept: gone.kept, todo: gone.todo });
}

/** The fault of a server whose model is not there yet. */
export function modelLoading(refusal: Refusal): FaultError {
  return refusedAs(refusal, {
    code: 'busy',
    message: 'The Chatterbox server has not loaded its model (yet).',
    kept: 'Your text and takes are kept.',
    todo: 'Try again in a moment; if it goes on, switch the model on in the server’s own page.',
  });
}
