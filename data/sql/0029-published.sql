-- Canned responses that visitors of a site may read before they write. A projection of `response.published`.
CREATE TABLE response_site (
  response_id INTEGER NOT NULL,
  channel_id  INTEGER NOT NULL,
  PRIMARY KEY (response_id, channel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_site_channel ON response_site (channel_id);

-- How many visitors were shown it, opened it, and said that it answered their question. No projection: a number that is lost is no loss.
CREATE TABLE answer_use (
  response_id INTEGER NOT NULL,
  channel_id  INTEGER NOT NULL,
  shown       INTEGER NOT NULL,
  opened      INTEGER NOT NULL,
  helped      INTEGER NOT NULL,
  PRIMARY KEY (response_id, channel_id)
) STRICT, WITHOUT ROWID;
