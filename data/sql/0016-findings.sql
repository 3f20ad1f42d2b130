-- What customers say about the product. Projections of `finding.*` and of entries of the kind `finding`, each of which is a quote.

-- A finding that was merged into another one keeps its own quotes, so that taking that back gives each its own again: what counts for `root_id`
-- are the quotes of all that have it. `last_at` is of roots alone: when somebody said it last; NULL = nobody does any more, it is in no list.
CREATE TABLE finding (
  id        INTEGER PRIMARY KEY,
  ver       INTEGER NOT NULL,
  root_id   INTEGER NOT NULL, -- itself, or the one that it was merged into in the end
  merged_id INTEGER,          -- into which it was merged
  kind      TEXT NOT NULL CHECK (kind IN ('bug', 'usability', 'need', 'praise', 'site-failed')),
  title     TEXT NOT NULL,
  product   TEXT NOT NULL,
  url       TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('new', 'linked', 'fixed', 'told')),
  at        INTEGER NOT NULL,
  last_at   INTEGER
) STRICT;
CREATE INDEX finding_root ON finding (root_id);
CREATE INDEX finding_merged ON finding (merged_id) WHERE merged_id IS NOT NULL;
CREATE INDEX finding_last ON finding (last_at, id) WHERE last_at IS NOT NULL;
CREATE INDEX finding_product ON finding (product, last_at) WHERE product <> '' AND last_at IS NOT NULL;

-- `seq` is the entry's. Whose it is follows from its conversation. What was taken back is not here.
CREATE TABLE quote (
  seq             INTEGER PRIMARY KEY,
  finding_id      INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  at              INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_finding ON quote (finding_id, at);
CREATE INDEX quote_conversation ON quote (conversation_id, seq);

-- The words by which findings are found while one types: those of a title with its product, where `doc` is the finding's number, and those of a quote,
-- where it is the entry's.
CREATE TABLE finding_word (
  word TEXT NOT NULL,
  doc  INTEGER NOT NULL,
  PRIMARY KEY (word, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_word_doc ON finding_word (doc);

-- In how many of these each word stands: what is rare says most, and what was mistyped is none of them.
CREATE TABLE finding_term (
  word TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
