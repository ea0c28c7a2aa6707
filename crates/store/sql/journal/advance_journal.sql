-- rows: tenant blob, count int, at int
-- The time of a head is that of the newest fact, behind which no later one falls when a clock is set back.
WITH v(tenant, count, at) AS (VALUES {rows})
INSERT INTO journal_heads (tenant, seq, at)
SELECT tenant, count, at FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant) DO UPDATE SET seq = journal_heads.seq + excluded.seq,
    at = CASE WHEN journal_heads.at < excluded.at THEN excluded.at ELSE journal_heads.at END
