-- Whether promised calls were made in time: one row for each entry that waited for a call, a missed one, a voicemail or a promise. A projection.

CREATE TABLE callback (
  seq             INTEGER PRIMARY KEY, -- the entry's
  conversation_id INTEGER NOT NULL,
  queue_id        INTEGER NOT NULL,
  from_at         INTEGER NOT NULL,
  due_at          INTEGER NOT NULL,
  done_at         INTEGER,
  result          TEXT NOT NULL,       -- '' it still waits; kept, late, reached: the customer got through to us first
  judged_at       INTEGER NOT NULL     -- when it was done, or else its time was over: in this stretch of time it counts
) STRICT;
CREATE INDEX callback_open ON callback (conversation_id) WHERE done_at IS NULL;
CREATE INDEX callback_queue ON callback (queue_id, judged_at, seq, result);

INSERT INTO callback (seq, conversation_id, queue_id, from_at, due_at, result, judged_at)
  SELECT e.seq, e.conversation_id, c.queue_id, e.at, e.at + coalesce (e.target_ms, q.first_target_ms), '', e.at + coalesce (e.target_ms, q.first_target_ms)
  FROM conversation AS c INDEXED BY conversation_callbacks
  CROSS JOIN entry AS e INDEXED BY entry_waits ON e.conversation_id = c.id AND e.waits = 1
  CROSS JOIN queue AS q ON q.id = c.queue_id
  WHERE c.callback = 1 AND c.state = 'open' AND (e.kind = 'promise' OR
        (e.kind IN ('call', 'voicemail') AND NOT EXISTS (SELECT 1 FROM call WHERE call.seq = e.seq AND call.ended_at IS NULL)));
