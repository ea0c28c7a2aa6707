-- rows: tag blob, old blob, sealed blob
WITH v(tag, old, sealed) AS (VALUES {rows})
UPDATE buyers AS t SET sealed = v.sealed
FROM v WHERE t.tag = [v.tag] AND v.old = t.sealed
