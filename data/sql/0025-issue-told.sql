-- How many customers the engineers were told of, in the one comment of an issue. A projection of `issue.told`, and of what was filed.
-- `customers`: how many it says there, by the text of the issue at first; `at`: since when.
CREATE TABLE issue_told (
  issue_id  INTEGER PRIMARY KEY,
  marker    TEXT NOT NULL DEFAULT '', -- by which the comment is found; '' = there is none yet
  customers INTEGER NOT NULL DEFAULT 0,
  at        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Of what there is already nobody is told by surprise.
INSERT INTO issue_told (issue_id, customers)
  SELECT l.issue_id, count (DISTINCT c.customer_id) FROM finding_issue AS l JOIN finding AS f ON f.id = l.finding_id JOIN finding AS m ON m.root_id = f.root_id
    JOIN quote AS q ON q.finding_id = m.id JOIN conversation AS c ON c.id = q.conversation_id GROUP BY l.issue_id;
