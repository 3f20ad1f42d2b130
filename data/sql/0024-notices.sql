-- Who is to be told of a fix. Projections of `notice.*`, and of a finding's state.

-- Since which event it is fixed without a break; 0 = it is not.
ALTER TABLE finding ADD COLUMN fix INTEGER NOT NULL DEFAULT 0;

-- One customer, who asked for what `finding_id` is about, and one fix of that. `entry_seq`: the message, or the promise of a call; what has become of it is said
-- there. `told_at`: when that was sent.
CREATE TABLE notice (
  id              INTEGER PRIMARY KEY,
  finding_id      INTEGER NOT NULL,
  fix             INTEGER NOT NULL,
  customer_id     INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('due', 'sent', 'skipped', 'cancelled')),
  subject         TEXT NOT NULL DEFAULT '',
  body            TEXT NOT NULL DEFAULT '',
  reason          TEXT NOT NULL DEFAULT '',
  snooze_until    INTEGER NOT NULL DEFAULT 0,
  told_at         INTEGER NOT NULL DEFAULT 0,
  agent_id        INTEGER NOT NULL DEFAULT 0,
  entry_seq       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX notice_once ON notice (finding_id, fix, customer_id) WHERE state <> 'cancelled';
CREATE INDEX notice_due ON notice (snooze_until, id) WHERE state = 'due';
CREATE INDEX notice_state ON notice (state, id);
CREATE INDEX notice_customer ON notice (customer_id, told_at) WHERE state = 'sent';
CREATE INDEX notice_entry ON notice (entry_seq) WHERE entry_seq > 0;
