-- rows: tenant blob, order_id blob, seq int
WITH v(tenant, order_id, seq) AS (VALUES {rows})
INSERT INTO order_facts (tenant, order_id, seq)
SELECT tenant, order_id, seq FROM v WHERE tenant IS NOT NULL
