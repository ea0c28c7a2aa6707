-- rows: tenant blob, sku blob
-- Batches of a pool that are frozen or voided; mark 0 is open.
WITH v(tenant, sku) AS (VALUES {rows})
SELECT t.sku, t.batch, t.mark, t.mark_from, t.last_position
FROM v CROSS JOIN imports t WHERE t.tenant = [v.tenant] AND t.sku = v.sku AND t.mark <> 0
