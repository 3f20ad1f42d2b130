-- The store, version 1. Times are milliseconds since 1970 UTC. Ids are sequence numbers of the journal (lia-journal.h).
--
-- Tables under "Projections" are written by lia_journal_append() alone and can be made anew from the journal: `liaisond rebuild`.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- The order of events is the order of commits: this row is updated first in a writing transaction, so the journal has no gaps and
-- nobody who reads on from a number can miss one.
CREATE TABLE journal_head (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  last_seq INTEGER NOT NULL
) STRICT;
INSERT INTO journal_head VALUES (1, 0);

CREATE TABLE journal (
  seq             INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  conversation_id INTEGER,
  customer_id     INTEGER,
  actor_id        INTEGER,
  command_key     TEXT,
  ver             INTEGER NOT NULL DEFAULT 0, -- of the conversation after this event
  data            TEXT NOT NULL,              -- JSON; of an entry the text that the API gives, so that a page of a timeline is handed on undecoded
  x               TEXT                        -- JSON, what of an entry stays inside the engine
) STRICT;

-- Answers to commands, for repeats.
CREATE TABLE idempotency (
  actor_id  INTEGER NOT NULL,
  key       TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (actor_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);

-- What has to leave the house. Written in the transaction of the entry that it sends; `id` is that entry's number.
-- state: queued, sending, deferred, sent, partial, failed, unconfirmed, cancelled. phase: how far a transfer came: '', connect, mail, rcpt, data,
-- dot. `dot` is durable before the final dot is written: whoever is found there after a crash may have been delivered.
CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY,
  channel_id      INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  agent_id        INTEGER,
  kind            TEXT NOT NULL DEFAULT 'mail',
  state           TEXT NOT NULL,
  phase           TEXT NOT NULL DEFAULT '',
  not_before      INTEGER NOT NULL DEFAULT 0,
  next_try        INTEGER NOT NULL DEFAULT 0,
  attempts        INTEGER NOT NULL DEFAULT 0,
  first_try       INTEGER,
  message_id      TEXT,
  sender          TEXT,
  raw             TEXT,
  selfcopy_token  TEXT,
  last_code       INTEGER,
  last_problem    TEXT,
  sent_copy       TEXT NOT NULL DEFAULT '', -- in the folder of sent mail: wanted, appended, found, impossible
  created_at      INTEGER NOT NULL,
  sent_at         INTEGER
) STRICT;
CREATE INDEX outbox_state ON outbox (state, channel_id, next_try, id);
CREATE INDEX outbox_copy ON outbox (channel_id, id) WHERE sent_copy = 'wanted';
CREATE INDEX outbox_conversation ON outbox (conversation_id);
CREATE INDEX outbox_message_id ON outbox (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE outbox_recipient (
  outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  address   TEXT NOT NULL,
  state     TEXT NOT NULL DEFAULT '', -- '', accepted, refused
  code      INTEGER,
  problem   TEXT,
  PRIMARY KEY (outbox_id, address)
) STRICT, WITHOUT ROWID;

-- Projections ------------------------------------------------------------------------------------------------------------------------

CREATE TABLE agent (
  id           INTEGER PRIMARY KEY,
  ver          INTEGER NOT NULL,
  name         TEXT NOT NULL,
  address      TEXT NOT NULL,
  role         TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
  availability TEXT NOT NULL
) STRICT;

CREATE TABLE queue (
  id              INTEGER PRIMARY KEY,
  ver             INTEGER NOT NULL,
  name            TEXT NOT NULL,
  first_target_ms INTEGER NOT NULL,
  next_target_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE channel (
  id       INTEGER PRIMARY KEY,
  ver      INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  queue_id INTEGER NOT NULL,
  config   TEXT NOT NULL -- JSON, without secrets
) STRICT;

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  id            INTEGER PRIMARY KEY,
  ver           INTEGER NOT NULL,
  name          TEXT NOT NULL,
  org           TEXT NOT NULL,
  lang          TEXT NOT NULL,
  notes         TEXT NOT NULL,
  address       TEXT NOT NULL, -- the first of its addresses, for rows of lists
  conversations INTEGER NOT NULL DEFAULT 0,
  open          INTEGER NOT NULL DEFAULT 0, -- conversations that are not closed
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE address (
  customer_id INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'chat', 'external')),
  norm        TEXT NOT NULL, -- folded: what is compared
  raw         TEXT NOT NULL, -- as it was written
  rev         TEXT,          -- a phone number's digits from the back, to find numbers by their end
  place       INTEGER NOT NULL,
  PRIMARY KEY (customer_id, kind, norm)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_norm ON address (kind, norm, customer_id);
CREATE INDEX address_rev ON address (rev) WHERE rev IS NOT NULL;

-- The words by which a customer is found while one types.
CREATE TABLE customer_word (
  word        TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (word, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_word_customer ON customer_word (customer_id);

-- `sort` is what lists are ordered by, see lia_due_sort().
CREATE TABLE conversation (
  id            INTEGER PRIMARY KEY,
  ver           INTEGER NOT NULL,
  customer_id   INTEGER NOT NULL,
  channel       TEXT NOT NULL,
  queue_id      INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('open', 'pending', 'snoozed', 'closed')),
  assignee_id   INTEGER,
  subject       TEXT NOT NULL,
  priority      INTEGER NOT NULL DEFAULT 0,
  tags          TEXT NOT NULL DEFAULT '[]', -- JSON array
  sort          INTEGER NOT NULL,
  due_at        INTEGER,
  due_kind      TEXT CHECK (due_kind IN ('first', 'next', 'snooze')),
  waiting_since INTEGER,
  target_ms     INTEGER,          -- of the message that waits, when it has one of its own
  snooze_until  INTEGER,
  woken_at      INTEGER,          -- a snooze that ended and is not dealt with
  last_out_at   INTEGER,          -- our newest public message that did not fail
  last_at       INTEGER NOT NULL,
  last_seq      INTEGER NOT NULL DEFAULT 0,
  last_in_seq   INTEGER NOT NULL DEFAULT 0,
  entries       INTEGER NOT NULL DEFAULT 0,
  snippet       TEXT NOT NULL DEFAULT '',
  sending       TEXT NOT NULL DEFAULT '',
  created_at    INTEGER NOT NULL,
  closed_at     INTEGER
) STRICT;
CREATE INDEX conversation_mine ON conversation (assignee_id, sort, id) WHERE state IN ('open', 'pending');
CREATE INDEX conversation_waiting ON conversation (sort, id) WHERE state = 'open' AND assignee_id IS NULL;
CREATE INDEX conversation_queue ON conversation (queue_id, sort, id) WHERE state IN ('open', 'pending');
CREATE INDEX conversation_snoozed ON conversation (sort, id) WHERE state = 'snoozed';
CREATE INDEX conversation_closed ON conversation (sort, id) WHERE state = 'closed';
CREATE INDEX conversation_all ON conversation (sort, id) WHERE state <> 'closed';
CREATE INDEX conversation_customer ON conversation (customer_id, last_at, id);

-- What entries are searched by. Their text stands in the journal; `json` and `x` are what it has become by changes, NULL = as it came.
CREATE TABLE entry (
  seq             INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL,
  customer_id     INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  dir             TEXT,
  agent_id        INTEGER,                    -- its author, when that is an agent
  waits           INTEGER NOT NULL DEFAULT 0, -- a customer's message that wants an answer: 1, or 2 when it has got one
  answers         INTEGER NOT NULL DEFAULT 0, -- our public message, unless it failed or was taken back
  target_ms       INTEGER,
  state           TEXT NOT NULL DEFAULT '',   -- of sending
  message_id      TEXT,
  place           INTEGER,                    -- its document in entry_words, NULL = it has none
  x               TEXT,
  json            TEXT
) STRICT;
CREATE INDEX entry_conversation ON entry (conversation_id, at, seq);
CREATE INDEX entry_conversation_seq ON entry (conversation_id, seq);
CREATE INDEX entry_customer ON entry (customer_id, at, seq);
CREATE INDEX entry_waits ON entry (conversation_id, at) WHERE waits = 1;
CREATE INDEX entry_answers ON entry (conversation_id, at) WHERE answers = 1;
CREATE INDEX entry_sending ON entry (conversation_id, state) WHERE state IN ('queued', 'sending', 'deferred', 'failed', 'unconfirmed');
CREATE UNIQUE INDEX entry_place ON entry (place) WHERE place IS NOT NULL;

-- Entries as they are now.
CREATE VIEW entry_text AS
  SELECT e.seq, coalesce (e.json, j.data) AS json, coalesce (e.x, j.x, '{}') AS x FROM entry AS e JOIN journal AS j ON j.seq = e.seq;

-- What lia_tokens_index() gives, one document an entry. It is numbered by the entry's time, not by its arrival: a first sync brings old mail
-- newest first, and whoever searches wants the newest. So the index gives a page of them in their order, and nothing behind it is looked at.
-- SQLite's tokenizer only splits the words at the blanks. The index of beginnings makes the first letters of a search as fast as a whole word.
CREATE VIRTUAL TABLE entry_words USING fts5 (words, wholes, content = '', contentless_delete = 1, prefix = '3 4', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");

-- Its words, to list those that begin with what was typed: asking for each of them is far faster than for a beginning of five letters or more,
-- for which SQLite puts all places of all words together first.
CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab (entry_words, instance);

-- How far an agent has read; `current` when nothing has come in since.
CREATE TABLE conversation_read (
  agent_id        INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  seq             INTEGER NOT NULL,
  current         INTEGER NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_read_current ON conversation_read (conversation_id, agent_id) WHERE current = 1;

CREATE TABLE draft (
  agent_id        INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  json            TEXT NOT NULL,
  at              INTEGER NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

-- Counts of the views, so that no list is counted. `view` is its kind, `of` the agent's or queue's number or 0. `inbound` are those with anything
-- from a customer: unread is inbound less what the agent has read.
CREATE TABLE view_total (
  view    TEXT NOT NULL,
  of      INTEGER NOT NULL,
  total   INTEGER NOT NULL,
  inbound INTEGER NOT NULL,
  PRIMARY KEY (view, of)
) STRICT, WITHOUT ROWID;

CREATE TABLE view_read (
  agent_id INTEGER NOT NULL,
  view     TEXT NOT NULL,
  of       INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (agent_id, view, of)
) STRICT, WITHOUT ROWID;
