SELECT l.product FROM (
    SELECT tenant, product, product_version FROM order_lines GROUP BY tenant, product, product_version
) l
LEFT JOIN product_versions p
    ON p.tenant = l.tenant AND p.id = l.product AND p.version = l.product_version
WHERE p.id IS NULL LIMIT 6
