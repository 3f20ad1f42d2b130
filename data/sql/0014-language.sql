-- In which language a customer writes. Conversations from before have one again with their next message, or with `liaisond rebuild`.

ALTER TABLE conversation ADD COLUMN lang TEXT NOT NULL DEFAULT '';       -- a tag (BCP 47); '' = not known
ALTER TABLE conversation ADD COLUMN lang_set INTEGER NOT NULL DEFAULT 0; -- by an agent: messages do not change it
