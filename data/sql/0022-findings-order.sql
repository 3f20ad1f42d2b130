-- Findings in more orders than by when they were said last, all of roots as `last_at` is.

-- `first_at`: when somebody said it first. `blocked`: different customers who cannot go on without it. `phone_ms`: what agents spent on the telephone where it was
-- said. `heat`: when it would have to be said once to be worth as much as all that was said, of which each is worth half after two weeks: so what is said most of
-- late stands first, whatever the time is. `set_state`: what somebody made of it; it counts as long as the engineers have nothing of it.
ALTER TABLE finding ADD COLUMN first_at INTEGER;
ALTER TABLE finding ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN phone_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN heat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN set_state TEXT NOT NULL DEFAULT 'new';

UPDATE finding SET first_at = s.first_at, blocked = s.blocked, heat = s.last_at + CAST (1209600000 * log2 (s.weight) AS INTEGER)
  FROM (SELECT r.id, min (q.at) AS first_at, r.last_at, count (DISTINCT CASE q.importance WHEN 'blocking' THEN c.customer_id END) AS blocked,
    sum (pow (2, (q.at - r.last_at) / 1209600000.0)) AS weight FROM finding AS r JOIN finding AS m ON m.root_id = r.id JOIN quote AS q ON q.finding_id = m.id
    JOIN conversation AS c ON c.id = q.conversation_id WHERE r.last_at IS NOT NULL GROUP BY r.id) AS s WHERE finding.id = s.id;
UPDATE finding SET phone_ms = s.ms FROM (SELECT d.id, sum (s.to_at - s.from_at) AS ms
    FROM (SELECT DISTINCT m.root_id AS id, q.conversation_id AS conversation FROM finding AS m JOIN quote AS q ON q.finding_id = m.id) AS d
    JOIN call AS p ON p.conversation_id = d.conversation JOIN call_segment AS s ON s.seq = p.seq
    WHERE s.kind IN ('talk', 'hold', 'wrap') AND s.to_at IS NOT NULL GROUP BY d.id) AS s WHERE finding.id = s.id;
UPDATE finding SET set_state = c.state FROM (SELECT data ->> '$.finding' AS id, data ->> '$.state' AS state, max (seq) FROM journal
  WHERE kind = 'finding.changed' AND data ->> '$.state' IS NOT NULL GROUP BY id) AS c WHERE finding.id = c.id;

-- An index an order, with all that lists are filtered by, so that what is passed over is not read.
DROP INDEX finding_last;
DROP INDEX finding_customers;
CREATE INDEX finding_last ON finding (last_at, id, kind, state, product) WHERE last_at IS NOT NULL;
CREATE INDEX finding_first ON finding (first_at, id, kind, state, product, last_at) WHERE last_at IS NOT NULL;
CREATE INDEX finding_customers ON finding (customers, id, kind, state, product, last_at) WHERE last_at IS NOT NULL;
CREATE INDEX finding_blocked ON finding (blocked, id, kind, state, product, last_at) WHERE last_at IS NOT NULL;
CREATE INDEX finding_heat ON finding (heat, id, kind, state, product, last_at) WHERE last_at IS NOT NULL;
CREATE INDEX finding_phone ON finding (phone_ms, id, kind, state, product, last_at) WHERE last_at IS NOT NULL;
