-- When a wrap-up ends and what comes after it, so that it is not lost with the engine; and those whose end nobody has told.

ALTER TABLE agent ADD COLUMN until INTEGER NOT NULL DEFAULT 0;       -- the wrap-up's end; 0 = there is none, or its clock stands
ALTER TABLE agent ADD COLUMN after TEXT NOT NULL DEFAULT 'available';
ALTER TABLE agent ADD COLUMN after_reason TEXT NOT NULL DEFAULT '';

CREATE INDEX call_segment_wraps ON call_segment (seq) WHERE kind = 'wrap' AND to_at IS NULL;
