-- What the mail channel remembers beside the journal: a mirror of the servers' folders, and who belongs to which conversation.
-- Nothing here is a projection, so `rebuild` leaves it alone, and nothing here references a projected table: those are emptied then.
-- Conversations and entries are meant by their journal number, which a rebuild keeps. Message-IDs are stored without brackets, addresses
-- folded (lia_address_fold), times as unix milliseconds UTC.

CREATE TABLE mail_key(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  key BLOB NOT NULL CHECK(length(key) = 32)                -- of the MACs in our Message-IDs and reply addresses; never exported
) STRICT;

CREATE TABLE mail_folder(
  id INTEGER PRIMARY KEY,
  channel_id INTEGER NOT NULL,
  path TEXT NOT NULL,                                      -- as the server names it, UTF-8
  role TEXT NOT NULL DEFAULT '' CHECK(role IN('', 'inbox', 'sent', 'drafts', 'junk', 'trash', 'archive')),
  uidvalidity INTEGER NOT NULL DEFAULT 0,
  uidnext INTEGER NOT NULL DEFAULT 0,
  modseq INTEGER NOT NULL DEFAULT 0,
  uid_done TEXT NOT NULL DEFAULT '',                       -- what is in the store or skipped for good, as a sequence set: 1:500,612
  last_sync_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE(channel_id, path)
) STRICT;

CREATE TABLE mail_message(
  id INTEGER PRIMARY KEY,
  channel_id INTEGER NOT NULL,
  entry_seq INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK(direction IN('in', 'out')),
  message_id TEXT NOT NULL,                                -- '' where the message has none
  body_hash TEXT NOT NULL,                                 -- SHA-256 of what follows the header; of everything where there is no Message-ID
  raw TEXT NOT NULL,                                       -- blob
  size INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,                                -- the Date field, 0 = none
  received_at INTEGER NOT NULL,
  auto_class TEXT NOT NULL DEFAULT 'human' CHECK(auto_class IN('human', 'auto-reply', 'bounce', 'list', 'bulk', 'feedback', 'mdn')),
  auth TEXT NOT NULL DEFAULT '',                           -- the topmost Authentication-Results
  parse_state TEXT NOT NULL DEFAULT 'parsed' CHECK(parse_state IN('parsed', 'too-complex', 'failed')),
  why TEXT NOT NULL DEFAULT '',                            -- by which evidence it came to its conversation
  UNIQUE(message_id, body_hash)
) STRICT;
CREATE INDEX mail_message_entry ON mail_message(entry_seq);
CREATE INDEX mail_message_conversation ON mail_message(conversation_id);

CREATE TABLE mail_location(
  message INTEGER NOT NULL REFERENCES mail_message(id) ON DELETE CASCADE,
  folder INTEGER NOT NULL REFERENCES mail_folder(id) ON DELETE CASCADE,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  flags TEXT NOT NULL DEFAULT '',                          -- letters in this order: A answered, F flagged, S seen
  gone_at INTEGER,                                         -- when the server said that it is there no more
  UNIQUE(folder, uidvalidity, uid)
) STRICT;
CREATE INDEX mail_location_message ON mail_location(message);

-- Message-IDs that lead to a conversation: of messages we have, of what they refer to (ghosts, entry_seq NULL), of what we sent and a
-- provider renamed (aliases).
CREATE TABLE mail_ref(
  message_id TEXT NOT NULL,
  conversation_id INTEGER NOT NULL,
  entry_seq INTEGER,
  pinned INTEGER NOT NULL DEFAULT 0 CHECK(pinned IN(0, 1)),   -- an agent's decision, stronger than the headers
  PRIMARY KEY(message_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_ref_conversation ON mail_ref(conversation_id);

-- Exchange's Thread-Index, the 22 bytes that all answers share.
CREATE TABLE mail_thread_index(
  thread_index TEXT NOT NULL,
  conversation_id INTEGER NOT NULL,
  PRIMARY KEY(thread_index, conversation_id)
) STRICT, WITHOUT ROWID;

-- Who was ever in From, To, Cc or Reply-To there, without us.
CREATE TABLE mail_participant(
  conversation_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY(conversation_id, address)
) STRICT, WITHOUT ROWID;

-- Bounces, delays and read receipts of what we sent.
CREATE TABLE mail_event(
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES mail_message(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN('failed', 'delayed', 'delivered', 'displayed', 'complaint')),
  address TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mail_event_message ON mail_event(message);

-- Addresses that get no automatic mail.
CREATE TABLE mail_suppress(
  address TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  until INTEGER NOT NULL DEFAULT 0                         -- 0 = for good
) STRICT, WITHOUT ROWID;

-- Which of several engines speaks for a mailbox.
CREATE TABLE mail_lease(
  channel_id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  fence INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
