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

/** Take field -> column, for fields stored as JSON. */
const JSON_FIELDS = {
  settings: 'settings',
  studio: 'studio',
  sent: 'sent',
  request: 'request',
  answer: 'answer',
  answeredBy: 'answered_by',
  cost: 'cost',
  measurements: 'measurements',
  fault: 'fault',
} as const satisfies Partial<Record<keyof Take, string>>;

/** The columns a take is read from. */
export const TAKE_COLUMNS = [...Object.values(PLAIN), ...Object.values(JSON_FIELDS), 'cached', 'timed']
  .map((column) => `t.${column}`)
  .join(', ');

/** @throws ZodError or SyntaxError where the row is not a take */
export function takeFromRow(row: Row): Take {
  const take: Record<string, unknown> = { cached: row.cached === 1, timed: row.timed === 1 };
  for (const [field, column] of Object.entries(PLAIN)) take[field] = row[column];
  for (const [field, column] of Object.entries(JSON_FIELDS)) {
    const json = row[column];
    take[field] = typeof json === 'string' ? JSON.parse(json) : null;
  }
  return Take.parse(take);
}

/** The columns of a take with their values. */
export function takeToRow(take: Take): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {
    cached: take.cached ? 1 : 0,
    timed: take.timed ? 1 : 0,
    loudness: take.measurements?.loudness ?? null,
    updated_at: take.createdAt,
  };
  for (const [field, column] of Object.entries(PLAIN)) row[column] = take[field as keyof typeof PLAIN];
  for (const [field, column] of Object.entries(JSON_FIELDS)) {
    const value = take[field as keyof typeof JSON_FIELDS];
    row[column] = value === null ? null : JSON.stringify(value);
  }
  return row;
}
