-- Why the comment that says how many customers there are cannot be written; '' = it says so.
ALTER TABLE issue_told ADD COLUMN problem TEXT NOT NULL DEFAULT '';

-- What was refused before is known from the journal.
UPDATE issue_told SET problem = said.problem
  FROM (SELECT data ->> '$.issue' AS issue_id, coalesce (data ->> '$.problem', '') AS problem, max (seq) FROM journal
    WHERE kind = 'issue.told' AND data ->> '$.customers' IS NOT NULL GROUP BY 1) AS said
  WHERE said.issue_id = issue_told.issue_id;
