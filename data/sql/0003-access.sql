-- Who may speak, and what was uploaded. Not projections: a rebuild leaves them alone.

-- Only the SHA-256 of a token is kept.
CREATE TABLE token(
  hash TEXT PRIMARY KEY,
  agent_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the uploader said of a blob; its bytes lie under blobs/.
CREATE TABLE upload(
  blob TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
