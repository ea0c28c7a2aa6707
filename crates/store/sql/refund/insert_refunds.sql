-- rows: tenant blob, id blob, order_id blob, payment blob, receipt text, method int, currency int, amount int, loss int, cause int, reason text, overridden int, state int, lines text, created_at int, ended_at int
WITH v(tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state, lines, created_at, ended_at) AS (VALUES {rows})
INSERT INTO refunds (tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state, lines, created_at, ended_at)
SELECT tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state, lines, created_at, ended_at FROM v WHERE tenant IS NOT NULL
