-- What the engineers want to know of us, in comments of issues that findings have. Projections of entries whose details say "question", and of `issue.heard`.

-- Since when the oldest question there waits for an answer; NULL = none does.
ALTER TABLE conversation ADD COLUMN asked_since INTEGER;

-- `id` is the entry's; `comment` as the tracker names it. An entry asks once, however often a comment is read.
CREATE TABLE question (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL,
  issue_id        INTEGER NOT NULL,
  comment         TEXT NOT NULL,
  at              INTEGER NOT NULL,
  settled         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX question_comment ON question (issue_id, comment);
CREATE INDEX question_open ON question (conversation_id) WHERE settled = 0;

-- How far an issue's comments are known: `updated` is what the issue said of itself when they were read, '' = never; `at`: of the
-- newest one, or from when on they are heard, by the tracker's clock.
-- `again`: when that was, if it is to be read once more: a tracker's clock counts seconds, and more may be written in the same one; 0 = it was.
-- `agent_id`: whose the issue is with us, who filed it or found it.
CREATE TABLE issue_heard (
  issue_id   INTEGER PRIMARY KEY,
  agent_id   INTEGER NOT NULL DEFAULT 0,
  updated    TEXT NOT NULL DEFAULT '',
  at         INTEGER NOT NULL DEFAULT 0,
  again      INTEGER NOT NULL DEFAULT 0,
  wants_info INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Of what was said before nobody is asked by surprise.
INSERT INTO issue_heard (issue_id, agent_id, updated, at)
  SELECT i.id, coalesce ((SELECT p.agent_id FROM push AS p WHERE p.issue_id = i.id ORDER BY p.id LIMIT 1), 0), coalesce (i.json ->> '$.updated_at', ''),
    coalesce (CAST (unixepoch (i.json ->> '$.updated_at') AS INTEGER) * 1000, 0) FROM issue AS i;

-- An answer leaves as a push does, and becomes a comment of `issue_id`; 0 = it is no answer.
ALTER TABLE push ADD COLUMN question_id INTEGER NOT NULL DEFAULT 0;
