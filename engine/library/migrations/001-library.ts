/** The first schema. Times are milliseconds since the epoch; columns that hold JSON are parsed on the way out. */
export const LIBRARY_SCHEMA = `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at REAL NOT NULL,
  deleted_at REAL
) STRICT, WITHOUT ROWID;

-- One row for each audio file; takes may share one.
CREATE TABLE audio (
  id TEXT PRIMARY KEY,
  sample_rate INTEGER NOT NULL,
  samples INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audio_views (
  audio_id TEXT PRIMARY KEY REFERENCES audio (id) ON DELETE CASCADE,
  view TEXT NOT NULL
) STRICT;

-- What is filtered and sorted by stands first: SQLite reads a row up to the last column it needs, and long texts lie on
-- pages of their own.
CREATE TABLE takes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  project_id TEXT NOT NULL REFERENCES projects (id),
  audio_id TEXT NOT NULL REFERENCES audio (id),
  state TEXT NOT NULL,
  created_at REAL NOT NULL,
  deleted_at REAL,
  -- When name, note, rating or project were last changed.
  updated_at REAL NOT NULL,
  rating INTEGER,
  sample_rate INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  loudness REAL,
  provider TEXT NOT NULL,
  voice_id TEXT NOT NULL,
  voice_name TEXT NOT NULL,
  name TEXT NOT NULL,
  request_key TEXT,
  -- The process that makes it, while it is made.
  writer TEXT,
  source TEXT NOT NULL,
  language TEXT,
  characters INTEGER NOT NULL,
  model TEXT NOT NULL,
  seed REAL,
  cached INTEGER NOT NULL,
  sent_at REAL NOT NULL,
  first_byte_at REAL,
  last_byte_at REAL,
  text TEXT NOT NULL,
  note TEXT NOT NULL,
  settings TEXT NOT NULL,
  studio TEXT NOT NULL,
  sent TEXT NOT NULL,
  cost TEXT NOT NULL,
  measurements TEXT,
  fault TEXT,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX takes_by_project ON takes (project_id, created_at, seq) WHERE deleted_at IS NULL;
CREATE INDEX takes_by_time ON takes (created_at, seq, project_id) WHERE deleted_at IS NULL;
CREATE INDEX takes_by_key ON takes (request_key, created_at) WHERE state = 'done' AND deleted_at IS NULL;
CREATE INDEX takes_by_audio ON takes (audio_id);
CREATE INDEX takes_rendering ON takes (writer) WHERE state = 'rendering';

-- Who needs a take: a clean-up keeps it while a row stands here. kind: preset, baseline, mapping, ...
CREATE TABLE take_references (
  take_id TEXT NOT NULL REFERENCES takes (id),
  kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  PRIMARY KEY (take_id, kind, ref_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX take_references_by_referrer ON take_references (kind, ref_id);

-- Trigrams find parts of words in any language, also in those without spaces.
CREATE VIRTUAL TABLE takes_search USING fts5 (
  text, name, note, voice_name,
  content = 'takes', content_rowid = 'seq', tokenize = 'trigram case_sensitive 0 remove_diacritics 1', detail = full
);
CREATE TRIGGER takes_search_insert AFTER INSERT ON takes BEGIN
  INSERT INTO takes_search (rowid, text, name, note, voice_name)
  VALUES (new.seq, new.text, new.name, new.note, new.voice_name);
END;
CREATE TRIGGER takes_search_delete AFTER DELETE ON takes BEGIN
  INSERT INTO takes_search (takes_search, rowid, text, name, note, voice_name)
  VALUES ('delete', old.seq, old.text, old.name, old.note, old.voice_name);
END;
CREATE TRIGGER takes_search_update AFTER UPDATE OF text, name, note, voice_name ON takes BEGIN
  INSERT INTO takes_search (takes_search, rowid, text, name, note, voice_name)
  VALUES ('delete', old.seq, old.text, old.name, old.note, old.voice_name);
  INSERT INTO takes_search (rowid, text, name, note, voice_name)
  VALUES (new.seq, new.text, new.name, new.note, new.voice_name);
END;

CREATE TABLE presets (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  voice_id TEXT NOT NULL,
  voice_name TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at REAL NOT NULL,
  updated_at REAL NOT NULL,
  deleted_at REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX presets_by_project ON presets (project_id, created_at) WHERE deleted_at IS NULL;

CREATE TABLE blends (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parts TEXT NOT NULL,
  created_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
