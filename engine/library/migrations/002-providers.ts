/** Providers that a person sets up, what they listed last, and what they told of a take. */
export const PROVIDERS_SCHEMA = `
ALTER TABLE takes ADD COLUMN answer TEXT NOT NULL DEFAULT '{}';
ALTER TABLE takes ADD COLUMN answered_by TEXT;
ALTER TABLE takes ADD COLUMN timed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE presets ADD COLUMN model_id TEXT;

CREATE TABLE audio_timings (
  audio_id TEXT PRIMARY KEY REFERENCES audio (id) ON DELETE CASCADE,
  timings TEXT NOT NULL
) STRICT;

-- Keys are no part of it: they lie elsewhere.
CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  created_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_lists (
  provider TEXT PRIMARY KEY,
  list TEXT NOT NULL,
  read_at REAL NOT NULL
) STRICT;
`;
