SELECT s.tenant, s.data, v.changed_at FROM shops s JOIN versions v ON v.subject = s.tenant
