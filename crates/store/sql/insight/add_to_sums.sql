-- rows: tenant blob, slot int, name int, currency int, amount int
WITH v(tenant, slot, name, currency, amount) AS (VALUES {rows})
INSERT INTO sums (tenant, slot, name, currency, amount)
SELECT tenant, slot, name, currency, amount FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, slot, name, currency) DO UPDATE SET amount = sums.amount + excluded.amount
