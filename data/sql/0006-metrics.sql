-- Behind a figure stand the stays that it counts: which ones is seen in the index alone, without a look at the rows that it leaves out.

DROP INDEX call_wait_queue;
CREATE INDEX call_wait_queue ON call_wait (queue_id, from_at, seq, to_at, result);
