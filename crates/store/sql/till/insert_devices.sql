-- rows: tenant blob, id blob, store blob, name text, state int, tag blob, code_until int, paired_at int, tries int, unlocked_until int, created_at int
WITH v(tenant, id, store, name, state, tag, code_until, paired_at, tries, unlocked_until, created_at) AS (VALUES {rows})
INSERT INTO devices (tenant, id, store, name, state, tag, code_until, paired_at, tries, unlocked_until, created_at)
SELECT tenant, id, store, name, state, tag, code_until, paired_at, tries, unlocked_until, created_at FROM v WHERE tenant IS NOT NULL
