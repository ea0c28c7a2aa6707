-- The row that each node writes once a second while it has nothing else to commit; no part of the journal.
CREATE TABLE pulses (
    node {blob} NOT NULL, at {int} NOT NULL,
    CONSTRAINT pulses_pk PRIMARY KEY (node)
) {clustered} {hot};
-- When a key ends; null is never.
ALTER TABLE api_keys ADD COLUMN expires_at {int};
-- The time of the newest fact, behind which no later one falls when a clock is set back.
ALTER TABLE journal_head ADD COLUMN at {int} NOT NULL DEFAULT 0;
UPDATE journal_head SET at = COALESCE((SELECT j.at FROM journal j ORDER BY j.seq DESC LIMIT 1), 0);
