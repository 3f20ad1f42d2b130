-- The chat on web sites.

-- Who may speak as which visitor: not a projection, a rebuild leaves it alone. Only the SHA-256 of a token is kept. `visitor` is the address of the
-- kind "chat" that the customer has; `name` and `email` are what was typed, or, where `verified`, what the site's own server has signed.
CREATE TABLE chat_token (
  hash       TEXT PRIMARY KEY,
  channel_id INTEGER NOT NULL,
  visitor    TEXT NOT NULL,
  verified   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  email      TEXT NOT NULL,
  locale     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_token_used ON chat_token (used_at);

-- Projections: all that a visitor may see, numbered without gaps, so that she resumes by a number that tells nothing of others. `conversation_id` is
-- where it goes on.
CREATE TABLE chat_thread (
  visitor         TEXT PRIMARY KEY,
  channel_id      INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  last_n          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_thread_conversation ON chat_thread (conversation_id);

-- `seq` is the entry's. `cid` is the visitor's own name of a message, under which it is written once however often it comes.
CREATE TABLE chat_event (
  visitor TEXT NOT NULL,
  n       INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  cid     TEXT,
  PRIMARY KEY (visitor, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX chat_event_seq ON chat_event (seq);
CREATE UNIQUE INDEX chat_event_cid ON chat_event (visitor, cid) WHERE cid IS NOT NULL;
