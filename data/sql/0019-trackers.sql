-- Issue trackers that the engineers work with. A projection of `tracker.*`. `config` is JSON as API.md has a tracker, and `secret`: where its key is kept.
CREATE TABLE tracker (
  id     INTEGER PRIMARY KEY,
  ver    INTEGER NOT NULL,
  config TEXT NOT NULL
) STRICT;
