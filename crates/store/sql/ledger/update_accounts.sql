-- rows: tenant blob, id blob, balance int, held int, last_transfer blob
WITH v(tenant, id, balance, held, last_transfer) AS (VALUES {rows})
UPDATE accounts AS t SET balance = v.balance, held = v.held, last_transfer = v.last_transfer
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
