import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { FAULT_STATUS, type Fault, type FaultBody, fault, toFault } from '../../shared/errors.ts';

/** A fault as an answer with its status. */
export function faultResponse(problem: Fault): Response {
  const body: FaultBody = { error: problem };
  return Response.json(body, { status: FAULT_STATUS[problem.code] });
}

/** What the app answers to anything thrown in a handler. */
export function answerThrown(thrown: Error, context: Context, report: (thrown: Error) => void): Response {
  if (thrown instanceof HTTPException) {
    const broken = thrown.status === 400;
    return faultResponse({
      code: broken ? 'invalid' : thrown.status === 413 ? 'too_large' : 'internal',
      message: broken ? 'The request is not valid JSON.' : thrown.message || 'The request was refused.',
    });
  }
  const problem = toFault(thrown);
  if (problem.code === 'internal') report(thrown);
  void context;
  return faultResponse(problem);
}

/** The value, or `not_found`. */
export function found<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw fault('not_found', `This ${what} does not exist (any more).`);
  return value;
}
