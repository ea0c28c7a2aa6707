SELECT t.tenant, t.tag, t.id, t.sealed, t.created_at FROM buyer_ids i JOIN buyers t
    ON t.tenant = i.tenant AND t.tag = i.tag
WHERE i.tenant = ? AND i.id = ?
