-- Whose a callback is: the assignee of its conversation, while it waits. Callbacks are given to who has the fewest of them, and the longest ago got one.

ALTER TABLE callback ADD COLUMN owner_id INTEGER NOT NULL DEFAULT 0; -- 0 = nobody's

UPDATE callback SET owner_id = coalesce ((SELECT c.assignee_id FROM conversation AS c WHERE c.id = callback.conversation_id), 0);

CREATE INDEX callback_owner ON callback (owner_id, from_at);
CREATE INDEX conversation_callbacks_owner ON conversation (assignee_id) WHERE callback = 1 AND state = 'open';
