-- rows: tenant blob, payment blob, id blob, data text
WITH v(tenant, payment, id, data) AS (VALUES {rows})
INSERT INTO channel_exchanges (tenant, payment, id, data)
SELECT tenant, payment, id, data FROM v WHERE tenant IS NOT NULL
