-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.sku, t.batch, t.name, t.supplier, t.unit_cost, t.cost_currency, t.settings, t.state, t.chunks, t.bytes, t.records, t.accepted, t.duplicates, t.doubts, t.held, t.verdict, t.kept_until, t.errors, t.failure, t.created_at, t.finished_at, t.mark, t.first_position, t.last_position, t.mark_from, t.relocation, t.relocation_failed
FROM v CROSS JOIN imports t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
