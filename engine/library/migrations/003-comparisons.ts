/** Comparisons: slots side by side. */
export const COMPARISONS_SCHEMA = `
CREATE TABLE comparisons (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at REAL NOT NULL,
  updated_at REAL NOT NULL,
  deleted_at REAL
) STRICT, WITHOUT ROWID;

CREATE INDEX comparisons_by_project ON comparisons (project_id, updated_at) WHERE deleted_at IS NULL;

-- One row for each take that has its place: hundreds may come in one minute.
CREATE TABLE comparison_takes (
  comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
  slot_id TEXT NOT NULL,
  text_id TEXT NOT NULL,
  take_id TEXT NOT NULL,
  PRIMARY KEY (comparison_id, slot_id, text_id)
) STRICT, WITHOUT ROWID;

-- What takes are aligned by, of one version of the features.
CREATE TABLE audio_features (
  audio_id TEXT PRIMARY KEY REFERENCES audio (id) ON DELETE CASCADE,
  features BLOB NOT NULL
) STRICT;
`;
