/** Mappings from voice to voice, what they are proposed by, and the shelf: the project of takes nobody made by hand. */
export const MAPPINGS_SCHEMA = `
-- 'project', or 'shelf' for the hidden one.
ALTER TABLE projects ADD COLUMN role TEXT NOT NULL DEFAULT 'project';
CREATE UNIQUE INDEX projects_shelf ON projects (role) WHERE role = 'shelf';

CREATE TABLE mappings (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at REAL NOT NULL,
  updated_at REAL NOT NULL,
  deleted_at REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX mappings_by_project ON mappings (project_id, updated_at) WHERE deleted_at IS NULL;

CREATE TABLE mapping_rows (
  id TEXT PRIMARY KEY,
  mapping_id TEXT NOT NULL REFERENCES mappings (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  -- Of what is in the content: the old voice's id without its provider, and when the verdict in force approved the choice.
  -- Null without an id, and without such a verdict.
  old_voice TEXT,
  approved_at REAL,
  updated_at REAL NOT NULL,
  deleted_at REAL,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX mapping_rows_by_mapping ON mapping_rows (mapping_id, place);
-- A gateway asks at every request.
CREATE INDEX mapping_rows_by_old_voice ON mapping_rows (old_voice) WHERE approved_at IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE mapping_runs (
  id TEXT PRIMARY KEY,
  mapping_id TEXT NOT NULL REFERENCES mappings (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at REAL NOT NULL,
  updated_at REAL NOT NULL
) STRICT;
CREATE INDEX mapping_runs_by_mapping ON mapping_runs (mapping_id, created_at);

-- How a voice speaks in this audio, of one version of the profile.
CREATE TABLE audio_profiles (
  audio_id TEXT PRIMARY KEY REFERENCES audio (id) ON DELETE CASCADE,
  profile BLOB NOT NULL
) STRICT;
`;
