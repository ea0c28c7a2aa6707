SELECT t.tenant, t.id, t.sku, t.batch, t.name, t.supplier, t.unit_cost, t.cost_currency, t.settings, t.state, t.chunks, t.bytes, t.records, t.accepted, t.duplicates, t.doubts, t.held, t.verdict, t.kept_until, t.errors, t.failure,
    t.created_at, t.finished_at, t.mark, t.first_position, t.last_position, t.mark_from, t.relocation, t.relocation_failed
FROM imports t
WHERE t.tenant = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
