-- Records and what they may point at. Kinds: 1 order, 2 transfer (that credited a wallet, reason 1),
-- 3 product in a version, 4 import, 5 hold, 6 merchant (its live tenant), 7 payment, 8 refund,
-- 9 resource in a version, 10 approval, 11 export, 30 redemption, 31 vouchers (the first one), 32 voucher run, 33 device,
-- 34 redemptions of one act (the first one), 40 content.
SELECT subject, kind FROM (
    SELECT kind, subject, CASE WHEN kind IN (3, 9) THEN version ELSE 0 END AS version, 1 AS asked, 0 AS there
    FROM idempotency_0
    UNION ALL
    SELECT kind, subject, CASE WHEN kind IN (3, 9) THEN version ELSE 0 END, 1, 0 FROM idempotency_1
    UNION ALL
    SELECT kind, subject, CASE kind WHEN 3 THEN version ELSE 0 END, 1, 0 FROM idempotency_0_before
    UNION ALL
    SELECT kind, subject, CASE kind WHEN 3 THEN version ELSE 0 END, 1, 0 FROM idempotency_1_before
    UNION ALL
    SELECT 1, id, 0, 0, 1 FROM orders
    UNION ALL
    SELECT 2, id, 0, 0, 1 FROM transfers WHERE reason = 1
    UNION ALL
    SELECT 3, id, version, 0, 1 FROM product_versions
    UNION ALL
    SELECT 4, id, 0, 0, 1 FROM imports
    UNION ALL
    SELECT 5, id, 0, 0, 1 FROM holds
    UNION ALL
    SELECT 6, tenant, 0, 0, 1 FROM tenants
    UNION ALL
    SELECT 7, id, 0, 0, 1 FROM payments
    UNION ALL
    SELECT 8, id, 0, 0, 1 FROM refunds
    UNION ALL
    SELECT 9, id, version, 0, 1 FROM resource_versions
    UNION ALL
    SELECT 10, id, 0, 0, 1 FROM approvals
    UNION ALL
    SELECT 11, id, 0, 0, 1 FROM exports
    UNION ALL
    SELECT 30, id, 0, 0, 1 FROM redemptions
    UNION ALL
    SELECT 31, id, 0, 0, 1 FROM vouchers
    UNION ALL
    SELECT 32, id, 0, 0, 1 FROM voucher_runs
    UNION ALL
    SELECT 33, id, 0, 0, 1 FROM devices
    UNION ALL
    SELECT 34, id, 0, 0, 1 FROM redemptions
    UNION ALL
    SELECT 40, id, 0, 0, 1 FROM contents
) m
GROUP BY kind, subject, version HAVING MAX(asked) > MAX(there) LIMIT 6
