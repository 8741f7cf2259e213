/** Blind listening tests, their listeners, and every trial with its answer. */
export const LISTENING_SCHEMA = `
CREATE TABLE listening_tests (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  content TEXT NOT NULL,
  created_at REAL NOT NULL,
  revealed_at REAL,
  deleted_at REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX listening_tests_by_project ON listening_tests (project_id, created_at) WHERE deleted_at IS NULL;

CREATE TABLE listening_sessions (
  id TEXT PRIMARY KEY,
  -- Null where the test came in a file; then guest says what it is.
  test_id TEXT REFERENCES listening_tests (id) ON DELETE CASCADE,
  listener TEXT NOT NULL,
  state TEXT NOT NULL,
  seeds TEXT,
  guest TEXT,
  created_at REAL NOT NULL,
  ended_at REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX listening_sessions_by_test ON listening_sessions (test_id, created_at);

CREATE TABLE listening_trials (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES listening_sessions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  text INTEGER NOT NULL,
  places TEXT NOT NULL,
  prepared TEXT,
  draft TEXT,
  shown_at REAL,
  answered_at REAL,
  answer TEXT,
  record TEXT,
  UNIQUE (session_id, number)
) STRICT;

CREATE TABLE listening_stimuli (
  id TEXT PRIMARY KEY,
  trial_id TEXT NOT NULL REFERENCES listening_trials (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX listening_stimuli_by_trial ON listening_stimuli (trial_id);
`;
