-- What is to be learnt from the use of responses. Projections of `response.changed`, `response.used` and of customers' messages.

-- Each message or note that a response went out in. `ver` is the version that was put into it, `variant` the text of it ("de/formal/email"); both
-- are 0 and '' where the app did not say what it had put there. How much was edited: words and characters of so many (lia-canned-edit.h).
CREATE TABLE response_sent (
  response_id     INTEGER NOT NULL,
  entry_seq       INTEGER NOT NULL,
  ver             INTEGER NOT NULL,
  variant         TEXT NOT NULL,
  agent_id        INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  edited          INTEGER NOT NULL,
  words           INTEGER NOT NULL,
  of_words        INTEGER NOT NULL,
  characters      INTEGER NOT NULL,
  of_characters   INTEGER NOT NULL,
  reopened_at     INTEGER, -- when the customer wrote again, within seven days and with no other answer between
  PRIMARY KEY (response_id, entry_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_sent_entry ON response_sent (entry_seq);

-- The sentences that were changed in it, as the response had them and as they were sent.
CREATE TABLE response_edit (
  response_id INTEGER NOT NULL,
  entry_seq   INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  before      TEXT NOT NULL,
  after       TEXT NOT NULL,
  PRIMARY KEY (response_id, entry_seq, n)
) STRICT, WITHOUT ROWID;

-- How often each sentence was changed.
CREATE TABLE response_place (
  response_id INTEGER NOT NULL,
  before      TEXT NOT NULL,
  edited      INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  PRIMARY KEY (response_id, before)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_place_often ON response_place (last_at) WHERE edited >= 3;

-- Since when nobody has used a response: its last use, else when it was made.
CREATE TABLE response_rest (
  response_id INTEGER PRIMARY KEY,
  since       INTEGER NOT NULL,
  live        INTEGER NOT NULL -- neither retired nor removed
) STRICT;
CREATE INDEX response_rest_since ON response_rest (since) WHERE live = 1;

INSERT INTO response_rest
  SELECT r.id, max (j.at, coalesce (u.last_at, 0)), r.state IN ('draft', 'reviewed') FROM response AS r
  JOIN response_version AS v ON v.response_id = r.id AND v.ver = 1 JOIN journal AS j ON j.seq = v.seq
  LEFT JOIN response_use AS u ON u.response_id = r.id AND u.agent_id = 0;

INSERT OR IGNORE INTO response_sent
  SELECT json_extract (j.data, '$.response'), e.seq, 0, '', json_extract (j.data, '$.agent'), e.conversation_id, j.at, coalesce (json_extract (j.data, '$.edited'), 0), 0, 0, 0, 0, NULL
  FROM journal AS j JOIN entry AS e ON e.seq = json_extract (j.data, '$.entry') WHERE j.kind = 'response.used';

-- Suggestions for the library that somebody does not want to see again; agent_id 0: nobody shall. `key` is the suggestion's own.
CREATE TABLE suggestion_dismissed (
  key      TEXT NOT NULL,
  agent_id INTEGER NOT NULL,
  PRIMARY KEY (key, agent_id)
) STRICT, WITHOUT ROWID;
