-- Parameters: the last number that was moved, the last that is to be.
INSERT INTO journal_heads (tenant, seq, at)
SELECT tenant, COUNT(*), MAX(at) FROM journal_before WHERE seq > ? AND seq <= ? GROUP BY tenant
ON CONFLICT (tenant) DO UPDATE SET seq = journal_heads.seq + excluded.seq,
    at = CASE WHEN journal_heads.at < excluded.at THEN excluded.at ELSE journal_heads.at END
