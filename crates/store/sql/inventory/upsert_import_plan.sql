INSERT INTO import_plans (tenant, import, inspection, plan) VALUES (?, ?, ?, ?)
ON CONFLICT (tenant, import) DO UPDATE SET inspection = excluded.inspection, plan = excluded.plan
