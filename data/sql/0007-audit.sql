-- What supervisors did to others: listened to a call, paused somebody, sent somebody out of a queue. For administrators to read, kept as long as the
-- journal, from which it follows.

CREATE TABLE audit (
  seq      INTEGER PRIMARY KEY, -- of its event
  at       INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  what     TEXT NOT NULL,       -- the command
  agent_id INTEGER NOT NULL,    -- to whom; 0 = a caller
  d        TEXT NOT NULL        -- as it was asked for
) STRICT;
