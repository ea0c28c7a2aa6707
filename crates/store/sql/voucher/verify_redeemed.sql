-- What was used of vouchers less their redemptions that were not taken back.
SELECT voucher FROM (
    SELECT tenant, id AS voucher, total - remaining AS n FROM vouchers
    UNION ALL
    SELECT tenant, voucher, -taken FROM redemptions WHERE reversed_at IS NULL
) m
GROUP BY tenant, voucher HAVING SUM(n) <> 0 LIMIT 6
