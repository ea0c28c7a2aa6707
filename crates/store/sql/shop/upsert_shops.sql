-- rows: tenant blob, data text, logo blob
-- A logo that is not given stays.
WITH v(tenant, data, logo) AS (VALUES {rows})
INSERT INTO shops (tenant, data, logo)
SELECT tenant, data, logo FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant) DO UPDATE SET data = excluded.data, logo = COALESCE(excluded.logo, shops.logo)
