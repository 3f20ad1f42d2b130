-- Which event saved the draft, so that its text can be taken out of the journal when the next one is saved: of what was never sent only
-- the newest stays.
ALTER TABLE draft ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
