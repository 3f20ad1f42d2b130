-- The telephone: whose is which, which queues of a PBX are ours, calls, and since when agents are what they are. All of it projections: what a
-- call is stands in its entry, these rows are what is counted and searched by.

ALTER TABLE agent ADD COLUMN reason TEXT NOT NULL DEFAULT '';     -- of a pause
ALTER TABLE agent ADD COLUMN since INTEGER NOT NULL DEFAULT 0;    -- in this availability
ALTER TABLE agent ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN extension TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN member TEXT NOT NULL DEFAULT '';

ALTER TABLE queue ADD COLUMN phone_channel INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queue ADD COLUMN phone_name TEXT NOT NULL DEFAULT '';
ALTER TABLE queue ADD COLUMN service_target_ms INTEGER NOT NULL DEFAULT 20000;
ALTER TABLE queue ADD COLUMN short_ms INTEGER NOT NULL DEFAULT 5000;
ALTER TABLE queue ADD COLUMN service_level TEXT NOT NULL DEFAULT 'negative' CHECK (service_level IN ('ignore', 'negative', 'positive'));
ALTER TABLE queue ADD COLUMN wrapup_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queue ADD COLUMN callback_target_ms INTEGER NOT NULL DEFAULT 3600000;

-- A caller whom nobody answered, or who was promised a call, waits for one.
ALTER TABLE conversation ADD COLUMN callback INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_callbacks ON conversation (sort, id) WHERE callback = 1 AND state = 'open';

CREATE TABLE call (
  seq             INTEGER PRIMARY KEY, -- its entry's
  channel_id      INTEGER NOT NULL,
  uniqueid        TEXT NOT NULL,
  conversation_id INTEGER NOT NULL,
  dir             TEXT NOT NULL,
  queue_id        INTEGER NOT NULL,
  state           TEXT NOT NULL,
  outcome         TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  answered_at     INTEGER,
  ended_at        INTEGER,
  seen_at         INTEGER NOT NULL -- when something of it was last told
) STRICT;
CREATE UNIQUE INDEX call_uniqueid ON call (channel_id, uniqueid);
CREATE INDEX call_open ON call (channel_id, seq) WHERE ended_at IS NULL;

CREATE TABLE call_wait (
  seq      INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  queue_id INTEGER NOT NULL,
  from_at  INTEGER NOT NULL,
  to_at    INTEGER,
  result   TEXT NOT NULL,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_wait_queue ON call_wait (queue_id, from_at);

CREATE TABLE call_segment (
  seq      INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  agent_id INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  from_at  INTEGER NOT NULL,
  to_at    INTEGER,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_segment_agent ON call_segment (agent_id, from_at);

-- One row for each stretch of time in which an agent was the same.
CREATE TABLE agent_state (
  agent_id     INTEGER NOT NULL,
  from_at      INTEGER NOT NULL,
  seq          INTEGER NOT NULL, -- of the event that began it
  to_at        INTEGER,
  availability TEXT NOT NULL,
  reason       TEXT NOT NULL,
  PRIMARY KEY (agent_id, from_at, seq)
) STRICT, WITHOUT ROWID;
