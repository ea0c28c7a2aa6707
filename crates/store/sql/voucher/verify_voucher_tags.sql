-- Each voucher has one tag, and each tag a voucher.
SELECT voucher FROM (
    SELECT tenant, id AS voucher, 1 AS n FROM vouchers
    UNION ALL
    SELECT tenant, voucher, -1 FROM voucher_tags
) m
GROUP BY tenant, voucher HAVING SUM(n) <> 0 LIMIT 6
