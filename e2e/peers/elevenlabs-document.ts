import { readFileSync } from 'node:fs';
import { type ErrorObject, Ajv2020 as Validator } from 'ajv/dist/2020.js';
import { z } from 'zod';

/** What is wrong with a request, in FastAPI's words. */
export interface Issue {
  loc: (string | number)[];
  msg: string;
  type: string;
}

const Schema = z.looseObject({});
const Fields = z.looseObject({ properties: z.record(z.string(), Schema) });
const Operation = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean(), schema: Schema }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.object({ 'application/json': z.object({ schema: Fields.partial() }) }) })
    .optional(),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

const DOCUMENT = Document.parse(JSON.parse(readFileSync(new URL('elevenlabs-openapi.json', import.meta.url), 'utf8')));
const NAME = 'elevenlabs';

/** Bodies as they are. */
const strict = new Validator({ strict: false, allErrors: true }).addSchema(DOCUMENT, NAME);
/** Words of an address: everything in them is text. */
const lenient = new Validator({ strict: false, allErrors: true, coerceTypes: 'array' }).addSchema(DOCUMENT, NAME);

const pointer = (...parts: string[]) =>
  `${NAME}#${parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;

function issue(where: string, { instancePath, keyword, params, message }: ErrorObject): Issue {
  const path = instancePath.split('/').slice(1);
  if (keyword === 'required') {
    return { loc: [where, ...path, String(params.missingProperty)], msg: 'Field required', type: 'missing' };
  }
  if (keyword === 'enum') {
    const values = z.array(z.unknown()).parse(params.allowedValues);
    return { loc: [where, ...path], msg: `Input should be ${values.map((v) => `'${v}'`).join(', ')}`, type: 'enum' };
  }
  return { loc: [where, ...path], msg: `Input ${message ?? 'is not valid'}`, type: keyword };
}

/** The errors that say something: most fields may be null, and that they are not is no help. */
const issues = (where: string, errors: ErrorObject[] | null | undefined) =>
  (errors ?? [])
    .filter(({ keyword, params }) => keyword !== 'anyOf' && !(keyword === 'type' && params.type === 'null'))
    .map((error) => issue(where, error));

const operationOf = (method: string, path: string) => DOCUMENT.paths[path]?.[method.toLowerCase()];

/** What of a request's query is not as the document has it. @param path with its parameters in braces */
export function queryIssues(method: string, path: string, query: URLSearchParams): Issue[] {
  const found: Issue[] = [];
  const parameters = operationOf(method, path)?.parameters ?? [];
  for (const [at, { name, required, ...parameter }] of parameters.entries()) {
    if (parameter.in !== 'query') continue;
    if (!query.has(name)) {
      if (required) found.push({ loc: ['query', name], msg: 'Field required', type: 'missing' });
      continue;
    }
    const given = query.getAll(name);
    const schema = pointer('paths', path, method.toLowerCase(), 'parameters', String(at), 'schema');
    lenient.validate(
      { type: 'object', properties: { [name]: { $ref: schema } } },
      { [name]: given.length === 1 ? given[0] : given },
    );
    found.push(...issues('query', lenient.errors));
  }
  return found;
}

/** What of a request's body is not as the document has it. @param body undefined where it is no JSON */
export function bodyIssues(method: string, path: string, body: unknown): Issue[] {
  if (!operationOf(method, path)?.requestBody) return [];
  if (body === undefined) return [{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }];
  strict.validate(
    { $ref: pointer('paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema') },
    body,
  );
  return issues('body', strict.errors);
}

/** What of an answer is not as the document has it: for tests of the peer itself. */
export function answerIssues(method: string, path: string, answer: unknown): Issue[] {
  strict.validate(
    { $ref: pointer('paths', path, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema') },
    answer,
  );
  return issues('answer', strict.errors);
}

/** Names of a schema's fields. */
export function fieldsOf(schema: string): string[] {
  return Object.keys(Fields.parse(DOCUMENT.components.schemas[schema]).properties);
}

/** Names a path's query may have. */
export function queryNames(method: string, path: string): string[] {
  return (operationOf(method, path)?.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name);
}
