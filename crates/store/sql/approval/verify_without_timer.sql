-- Open approvals (state 1) that no work (kind 16) ends.
SELECT a.id FROM approvals a
WHERE a.state = 1 AND NOT EXISTS (SELECT 1 FROM work w WHERE w.kind = 16 AND w.tenant = a.tenant AND w.subject = a.id) LIMIT 6
