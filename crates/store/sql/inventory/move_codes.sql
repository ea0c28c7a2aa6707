-- rows: tenant blob, sku blob, position blob, was int, state int, to_sku blob, to_position blob
-- A code changes its place from the state that it was loaded in: one that another writer took is missed.
WITH v(tenant, sku, position, was, state, to_sku, to_position) AS (VALUES {rows})
UPDATE codes AS t SET sku = v.to_sku, position = v.to_position, state = v.state
FROM v WHERE t.tenant = any[v.tenant] AND t.sku = v.sku AND t.position = v.position AND v.was = t.state
