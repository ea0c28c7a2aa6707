-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.order_id, t.method, t.currency, t.amount, t.state, t.channel_number, t.created_at, t.ended_at, t.wallet
FROM v CROSS JOIN payments t WHERE t.tenant = any[v.tenant] AND t.id = any[v.id]
