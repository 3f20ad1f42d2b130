-- What the engineers' trackers make of findings. Projections of `finding.pushed`, `push.changed` and `issue.*`, but for `tracker_place`.

-- An issue as it was seen last; `json` is as API.md has it, without what is ours of it. What was filed in a tracker stays when that is taken away.
CREATE TABLE issue (
  id         INTEGER PRIMARY KEY,
  tracker_id INTEGER NOT NULL,
  key        TEXT NOT NULL,
  json       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX issue_key ON issue (tracker_id, key);

CREATE TABLE finding_issue (
  finding_id INTEGER NOT NULL,
  issue_id   INTEGER NOT NULL,
  PRIMARY KEY (finding_id, issue_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_issue_issue ON finding_issue (issue_id);

-- The ledger of what left, or is to leave; `hash` is of exactly that. `tried_at`: when it was sent last; 0 = never.
CREATE TABLE push (
  id         INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL,
  tracker_id INTEGER NOT NULL,
  agent_id   INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  marker     TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'filed', 'failed', 'cancelled')),
  problem    TEXT NOT NULL DEFAULT '',
  first_at   INTEGER NOT NULL DEFAULT 0,
  tried_at   INTEGER NOT NULL DEFAULT 0,
  tries      INTEGER NOT NULL DEFAULT 0,
  retry_at   INTEGER NOT NULL DEFAULT 0,
  issue_id   INTEGER
) STRICT;
CREATE INDEX push_finding ON push (finding_id, id);
CREATE INDEX push_open ON push (tracker_id, retry_at) WHERE state IN ('queued', 'sending', 'unknown');

-- How far the changes in a tracker are known. No projection: a rebuild leaves it alone.
CREATE TABLE tracker_place (
  tracker_id INTEGER PRIMARY KEY,
  cursor     TEXT NOT NULL
) STRICT;
