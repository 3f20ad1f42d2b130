-- Canned responses. Projections of `response.changed`, `response.removed` and `response.used`.

-- `seq` is the last event that changed a response or its use: an app that has all up to a number reads on from there.
CREATE TABLE response (
  id       INTEGER PRIMARY KEY,
  ver      INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  scope    TEXT NOT NULL,    -- private, team
  owner_id INTEGER NOT NULL,
  state    TEXT NOT NULL,    -- draft, reviewed, retired, removed
  shortcut TEXT NOT NULL,    -- in small letters, '' = none
  data     TEXT NOT NULL     -- JSON as the API gives it, without what stands in columns; '' once removed
) STRICT;
CREATE UNIQUE INDEX response_seq ON response (seq);
CREATE INDEX response_shortcut ON response (shortcut) WHERE shortcut <> '';

-- Its history: the event that made each version.
CREATE TABLE response_version (
  response_id INTEGER NOT NULL,
  ver         INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  PRIMARY KEY (response_id, ver)
) STRICT, WITHOUT ROWID;

-- agent_id 0 is everybody together. `decayed` is in millionths of a sending, as it was at last_at (lia-canned.h).
CREATE TABLE response_use (
  response_id INTEGER NOT NULL,
  agent_id    INTEGER NOT NULL,
  decayed     INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  sent        INTEGER NOT NULL,
  edited      INTEGER NOT NULL, -- of these, with changes
  PRIMARY KEY (response_id, agent_id)
) STRICT, WITHOUT ROWID;
