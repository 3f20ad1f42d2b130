-- How canned responses are used, as counters: what is read of a response does not grow with how often it was sent.

ALTER TABLE response_use ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0; -- of these, after which the customer wrote again
ALTER TABLE response_use ADD COLUMN words INTEGER NOT NULL DEFAULT 0;    -- changed in all of them together
ALTER TABLE response_use ADD COLUMN of_words INTEGER NOT NULL DEFAULT 0; -- of so many, where it is known what it had said

UPDATE response_use SET
  reopened = (SELECT count (s.reopened_at) FROM response_sent AS s WHERE s.response_id = response_use.response_id AND response_use.agent_id IN (0, s.agent_id)),
  words = (SELECT coalesce (sum (s.words), 0) FROM response_sent AS s WHERE s.response_id = response_use.response_id AND response_use.agent_id IN (0, s.agent_id)),
  of_words = (SELECT coalesce (sum (s.of_words), 0) FROM response_sent AS s WHERE s.response_id = response_use.response_id AND response_use.agent_id IN (0, s.agent_id));

-- The last uses of one text of a response
CREATE INDEX response_sent_text ON response_sent (response_id, variant, entry_seq);

-- In which text a sentence stood when it was changed last, and whether a text of the response, which is neither retired nor removed, says it still.
ALTER TABLE response_place ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE response_place ADD COLUMN live INTEGER NOT NULL DEFAULT 0;

UPDATE response_place SET
  variant = coalesce ((SELECT s.variant FROM response_edit AS e JOIN response_sent AS s ON s.response_id = e.response_id AND s.entry_seq = e.entry_seq
    WHERE e.response_id = response_place.response_id AND e.before = response_place.before ORDER BY e.entry_seq DESC LIMIT 1), ''),
  live = EXISTS (SELECT 1 FROM response AS r, json_each (r.data, '$.variants') AS v WHERE r.id = response_place.response_id AND r.state IN ('draft', 'reviewed')
    AND instr (replace (json_extract (v.value, '$.body'), char (13), ''), response_place.before) > 0);

DROP INDEX response_place_often;
CREATE INDEX response_place_often ON response_place (last_at) WHERE edited >= 3 AND live = 1;
