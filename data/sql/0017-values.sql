-- What responses say of opening hours and of customers. Projections of `queue.changed` and `customer.changed`.

ALTER TABLE queue ADD COLUMN hours TEXT NOT NULL DEFAULT '';        -- JSON as API.md gives it; '' = nobody said when it is open
ALTER TABLE customer ADD COLUMN zone TEXT NOT NULL DEFAULT '';      -- "Europe/Berlin"; '' = nobody said
ALTER TABLE customer ADD COLUMN formality TEXT NOT NULL DEFAULT ''; -- 'formal', 'informal'; '' = nobody said
