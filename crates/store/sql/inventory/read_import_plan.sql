SELECT t.tenant, t.import, t.inspection, t.plan FROM import_plans t WHERE t.tenant = ? AND t.import = ?
