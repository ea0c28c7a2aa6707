-- States: 1 open, 5 expired. What is open was not decided, what expired has a time, and the others have both.
SELECT id FROM approvals
WHERE CASE WHEN state = 1 THEN 0 ELSE 1 END <> CASE WHEN decided_at IS NULL THEN 0 ELSE 1 END
    OR CASE WHEN state IN (1, 5) THEN 0 ELSE 1 END <> CASE WHEN decided_by IS NULL THEN 0 ELSE 1 END LIMIT 6
