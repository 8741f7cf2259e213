import { validator } from 'hono/validator';
import type { z } from 'zod';
import { type Fault, FaultError, fault } from '../../shared/errors.ts';

/** The fault of a value that does not fit its schema: the first field that is wrong, by its path. */
export function invalid(error: z.ZodError): Fault {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const param = [...(issue?.path ?? []), ...unknown].join('.');
  const why = unknown.length > 0 ? 'there is no such field' : issue?.message;
  return {
    code: 'invalid',
    message: param ? `“${param}” is not right: ${why}.` : `The request is not right: ${why}.`,
    param: param || undefined,
  };
}

/** Parses anything with a schema. @throws FaultError invalid */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  let parsed: z.ZodSafeParseResult<z.infer<Schema>>;
  try {
    parsed = schema.safeParse(value);
  } catch (thrown) {
    // Recursive schemas run out of stack on JSON of thousands of levels, which nobody writes in good faith.
    if (thrown instanceof RangeError) throw fault('invalid', 'The request is nested too deeply.');
    throw thrown;
  }
  if (!parsed.success) throw new FaultError(invalid(parsed.error));
  return parsed.data;
}

/** The JSON body, parsed. Broken JSON is refused by Hono before it comes here and told as `invalid`. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return validator('json', (value): z.infer<Schema> => parseWith(schema, value));
}

/** The query, parsed. */
export function query<Schema extends z.ZodType>(schema: Schema) {
  return validator('query', (value): z.infer<Schema> => parseWith(schema, value));
}

/** The parts of the path, parsed. */
export function path<Schema extends z.ZodType>(schema: Schema) {
  return validator('param', (value): z.infer<Schema> => parseWith(schema, value));
}
