-- By its address in the tracker an issue is named where people name it.
CREATE INDEX issue_url ON issue (json_extract (json, '$.url'));
