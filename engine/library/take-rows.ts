import { Take } from '../../shared/schemas/take.ts';
import type { Row, SqlValue } from './database.ts';

/** Take field -> column, for fields stored as they are. */
const PLAIN = {
  id: 'id',
  projectId: 'project_id',
  state: 'state',
  source: 'source',
  name: 'name',
  note: 'note',
  rating: 'rating',
  text: 'text',
  language: 'language',
  characters: 'characters',
  provider: 'provider',
  voiceId: 'voice_id',
  voiceName: 'voice_name',
  model: 'model',
  seed: 'seed',
  sentAt: 'sent_at',
  firstByteAt: 'first_byte_at',
  lastByteAt: 'last_byte_at',
  sampleRate: 'sample_rate',
  samples: 'samples',
  createdAt: 'created_at',
} as const satisfies Partial<Record<keyof Take, string>>;

/** Take fields stored as JSON in a column of the same name. */
const JSON_FIELDS = ['settings', 'studio', 'sent', 'request', 'cost', 'measurements', 'fault'] as const;

/** The columns a take is read from. */
export const TAKE_COLUMNS = [...Object.values(PLAIN), ...JSON_FIELDS, 'cached']
  .map((column) => `t.${column}`)
  .join(', ');

/** @throws ZodError or SyntaxError where the row is not a take */
export function takeFromRow(row: Row): Take {
  const take: Record<string, unknown> = { cached: row.cached === 1 };
  for (const [field, column] of Object.entries(PLAIN)) take[field] = row[column];
  for (const field of JSON_FIELDS) {
    const json = row[field];
    take[field] = typeof json === 'string' ? JSON.parse(json) : null;
  }
  return Take.parse(take);
}

/** The columns of a take with their values. */
export function takeToRow(take: Take): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {
    cached: take.cached ? 1 : 0,
    loudness: take.measurements?.loudness ?? null,
    updated_at: take.createdAt,
  };
  for (const [field, column] of Object.entries(PLAIN)) row[column] = take[field as keyof typeof PLAIN];
  for (const field of JSON_FIELDS) row[field] = take[field] === null ? null : JSON.stringify(take[field]);
  return row;
}
