SELECT t.data, t.logo FROM shops t WHERE t.tenant = ?
