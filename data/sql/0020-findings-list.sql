-- Findings as a list: what it is sorted by, and what is said of each, without a look at what its quotes say.

-- How much it was to who said it: as in the entry's details.
ALTER TABLE quote ADD COLUMN importance TEXT NOT NULL DEFAULT 'normal';
UPDATE quote SET importance = coalesce ((SELECT t.json ->> '$.d.importance' FROM entry_text AS t WHERE t.seq = quote.seq), 'normal');

-- `customers`: different ones, of roots. The others are when it became so last; NULL = it is not, or was taken back.
ALTER TABLE finding ADD COLUMN customers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN linked_at INTEGER;
ALTER TABLE finding ADD COLUMN fixed_at INTEGER;
ALTER TABLE finding ADD COLUMN told_at INTEGER;
UPDATE finding SET customers = (SELECT count (DISTINCT c.customer_id) FROM finding AS m JOIN quote AS q ON q.finding_id = m.id
  JOIN conversation AS c ON c.id = q.conversation_id WHERE m.root_id = finding.id) WHERE root_id = id;
UPDATE finding SET linked_at = c.linked_at, fixed_at = CASE WHEN finding.state IN ('fixed', 'told') THEN c.fixed_at END, told_at = CASE finding.state WHEN 'told' THEN c.told_at END
  FROM (SELECT data ->> '$.finding' AS id, max (CASE data ->> '$.state' WHEN 'linked' THEN at END) AS linked_at, max (CASE data ->> '$.state' WHEN 'fixed' THEN at END) AS fixed_at,
    max (CASE data ->> '$.state' WHEN 'told' THEN at END) AS told_at FROM journal WHERE kind = 'finding.changed' GROUP BY id) AS c
  WHERE finding.id = c.id AND finding.state <> 'new';

CREATE INDEX finding_customers ON finding (customers, id) WHERE last_at IS NOT NULL;
CREATE INDEX finding_page ON finding (url, id) WHERE kind = 'site-failed';

-- What was spoken in a conversation
CREATE INDEX call_conversation ON call (conversation_id);
