SELECT o.id FROM orders o JOIN (
    SELECT tenant, external_id FROM orders WHERE external_id IS NOT NULL
    GROUP BY tenant, external_id HAVING COUNT(*) > 1
) d ON o.tenant = d.tenant AND o.external_id = d.external_id
LIMIT 6
