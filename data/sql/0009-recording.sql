-- Recordings that are still to be fetched from a telephone system. A projection, as the calls are: how often it was tried is nowhere, so that it
-- begins anew with the engine.

CREATE TABLE recording (
  seq        INTEGER NOT NULL, -- its call's entry
  file       TEXT NOT NULL,    -- as the PBX calls it
  channel_id INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  PRIMARY KEY (seq, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_channel ON recording (channel_id, ended_at);
