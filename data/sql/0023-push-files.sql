-- Files that go to trackers along with findings; and what left can be taken back. A push keeps its row: its states are more.

CREATE TABLE push_new (
  id         INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL,
  tracker_id INTEGER NOT NULL,
  agent_id   INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  marker     TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  files      TEXT NOT NULL DEFAULT '{"files":[]}', -- JSON: as API.md has those of a push
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'filed', 'failed', 'cancelled', 'attaching', 'retracting', 'retracted')),
  problem    TEXT NOT NULL DEFAULT '',
  first_at   INTEGER NOT NULL DEFAULT 0,
  tried_at   INTEGER NOT NULL DEFAULT 0,
  tries      INTEGER NOT NULL DEFAULT 0,
  retry_at   INTEGER NOT NULL DEFAULT 0,
  issue_id   INTEGER
) STRICT;
INSERT INTO push_new (id, finding_id, tracker_id, agent_id, at, marker, title, text, hash, state, problem, first_at, tried_at, tries, retry_at, issue_id)
  SELECT id, finding_id, tracker_id, agent_id, at, marker, title, text, hash, state, problem, first_at, tried_at, tries, retry_at, issue_id FROM push;
DROP TABLE push;
ALTER TABLE push_new RENAME TO push;
CREATE INDEX push_finding ON push (finding_id, id);
CREATE INDEX push_open ON push (tracker_id, retry_at) WHERE state IN ('queued', 'sending', 'unknown', 'attaching', 'retracting');
